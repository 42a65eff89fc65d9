package import EnrolmentCore
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
package import PacketFormat
package import SyncProtocol

#if canImport(Glibc)
    import Glibc
#endif

/// The reference central service, as a program part: `loket-central` and the tests start it alike.
package enum CentralService {
    /// Starts listening; returns when kits can connect.
    ///
    /// - Throws: `CentralError` when keys, database or address cannot be used.
    package static func start(_ configuration: CentralConfiguration) async throws -> RunningCentral {
        let keys = try CentralKeys.load(from: configuration.keyDirectory)
        try PrivateFile.makeDirectory(configuration.packetDirectory)
        let database = try CentralDatabase(path: configuration.database)
        let reception = PacketReception(keys, database, configuration)
        try await reception.expire()
        let lists = CardLists(database: database, key: keys.receiptKey, clock: configuration.clock)
        let revocations = ResponderDesk(
            rules: configuration.responders, limits: configuration.limits, logger: configuration.logger)
        let connections = OpenConnections()
        let (ports, running) = AsyncStream<Int>.makeStream()
        let application = Application(
            responder: CentralResponder(reception: reception, lists: lists, revocations: revocations),
            server: try .tls(
                .http1(configuration: http(configuration.limits, connections)), tlsConfiguration: tls(keys)),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.limits.connections)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) }, logger: quiet(configuration.logger))
        let task = Task {
            defer { running.finish() }
            try await application.run()
        }
        guard let port = await ports.first(where: { _ in true }) else {
            throw await failure(of: task, configuration)
        }
        return RunningCentral(
            port: port, keys: keys, database: database, lists: lists, configuration: configuration,
            connections: connections,
            task: task)
    }

    /// Makes a kit known to the central of `configuration`, also while that runs, and gives what the kit needs.
    ///
    /// - Parameters:
    ///   - url: under which the kit reaches central.
    ///   - recipients: kinds of key that the kit may seal for, preferred first.
    ///   - replacing: whether a kit of that name may lose its certificate and signing key.
    package static func registerKit(
        _ kit: KitID, url: String, recipients: [AgeRecipient.Kind] = [.hybrid], replacing: Bool = false,
        in configuration: CentralConfiguration
    ) async throws -> KitBundle {
        let keys = try CentralKeys.load(from: configuration.keyDirectory)
        let database = try CentralDatabase(path: configuration.database)
        return try await register(
            kit, url: url, recipients: recipients, replacing: replacing, keys: keys,
            lists: CardLists(database: database, key: keys.receiptKey, clock: configuration.clock))
    }

    /// All packets that the central of `configuration` knows, oldest first, with their receipts' numbers.
    package static func packets(in configuration: CentralConfiguration) async throws -> [StoredPacket] {
        try await CentralDatabase(path: configuration.database).packets()
    }

    /// The public key that a kit signs with, as it was registered: PEM, SubjectPublicKeyInfo, P-256.
    ///
    /// - Throws: `invalidKit` when no kit has that name.
    package static func signingKey(of kit: KitID, in configuration: CentralConfiguration) async throws -> String {
        guard let registered = try await CentralDatabase(path: configuration.database).kit(kit) else {
            throw CentralError(
                .invalidKit, "no kit \(kit) is registered", hint: "`loket-central chain list` names those that are.")
        }
        return registered.signingKey
    }

    static func register(
        _ kit: KitID, url: String, recipients: [AgeRecipient.Kind], replacing: Bool, keys: CentralKeys,
        lists: CardLists
    ) async throws -> KitBundle {
        let now = lists.clock.now()
        let provisioned = try keys.provision(kit, url: url, recipients: recipients, at: now)
        try await lists.database.register(
            RegisteredKit(
                id: kit, certificateDigest: provisioned.certificateDigest, signingKey: provisioned.signingKey),
            replacing: replacing, at: now)
        var bundle = provisioned.bundle
        bundle.roster = try await lists.newest(.roster, for: kit)?.compact
        bundle.cardRoots = try await lists.newest(.cardRoots, for: kit)?.compact
        return bundle
    }

    /// TLS 1.3 and nothing older; whoever shows no certificate of our authority does not get in.
    private static func tls(_ keys: CentralKeys) throws -> TLSConfiguration {
        let chain = try NIOSSLCertificate.fromPEMBytes(Array(keys.serverCertificate.utf8))
        let roots = try NIOSSLCertificate.fromPEMBytes(Array(keys.authorityCertificate.utf8))
        let key = try NIOSSLPrivateKey(bytes: Array(keys.serverKey.utf8), format: .pem)
        var configuration = TLSConfiguration.makeServerConfigurationWithMTLS(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key),
            trustRoots: .certificates(roots))
        configuration.minimumTLSVersion = .tlsv13
        configuration.applicationProtocols = ["http/1.1"]
        configuration.shutdownTimeout = .seconds(2)
        return configuration
    }

    private static func http(
        _ limits: CentralLimits, _ connections: OpenConnections
    ) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [OpenConnections.Handler(connections)], idleTimeout: TimeAmount(limits.idleTime),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerFieldSize, maxHeaderListSize: limits.headerListSize,
                maxHeaderFieldCount: limits.headerFields))
    }

    /// The library tells of each start, and calls each orderly stop an error; we say both ourselves.
    private static func quiet(_ logger: Logger) -> Logger {
        var logger = logger
        logger.logLevel = .critical
        return logger
    }

    private static func failure(
        of task: Task<Void, any Error>, _ configuration: CentralConfiguration
    ) async -> CentralError {
        let address = "\(configuration.host):\(configuration.port)"
        switch await task.result {
        case .failure(let error as IOError) where error.errnoCode == EADDRINUSE:
            return CentralError(
                .addressInUse, "another program listens on \(address)", hint: "Stop it, or choose --port.")
        case .failure, .success:
            return CentralError(.cannotListen, "cannot listen on \(address)", hint: "Check --host and --port.")
        }
    }
}
