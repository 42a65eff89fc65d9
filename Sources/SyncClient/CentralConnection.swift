import AsyncHTTPClient
package import EnrolmentCore
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
package import SyncProtocol

/// The way to central over HTTPS: TLS 1.3 only, the kit's certificate shown, one authority accepted.
///
/// Redirects are not followed and no proxy is asked: whoever answers must hold a certificate of the
/// authority that the kit was provisioned with.
package final class CentralConnection: CentralExchange {
    /// Central's address without a path.
    package let origin: String
    private let client: HTTPClient
    private let deadline: TimeAmount

    /// How long a request may take, whole, and how long nothing may come.
    package struct Limits: Hashable, Sendable {
        package var connect: Duration = .seconds(10)
        package var silence: Duration = .seconds(30)
        package var request: Duration = .seconds(120)

        package init() {}
    }

    /// - Throws: `input.missingConfiguration` when the bundle's certificates or key cannot be read.
    package init(_ bundle: KitBundle, limits: Limits = Limits()) throws(FailureReport) {
        var origin = bundle.centralURL
        while origin.hasSuffix("/") { origin.removeLast() }
        self.origin = origin
        deadline = TimeAmount(limits.request)
        guard origin.hasPrefix("https://"), let tls = try? Self.tls(bundle) else {
            throw FailureReport(.input(.missingConfiguration), detail: "the kit's certificates", kept: .packet)
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow,
            timeout: .init(
                connect: TimeAmount(limits.connect), read: TimeAmount(limits.silence),
                write: TimeAmount(limits.silence)))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Must be called once, when nothing is under way.
    package func close() async { try? await client.shutdown() }

    package func exchange(_ request: SyncRequest) async throws(ExchangeFailure) -> SyncAnswer {
        var outgoing = HTTPClientRequest(url: origin + request.path)
        outgoing.method = .RAW(value: request.method.rawValue)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        if request.method == .patch || request.method == .post {
            outgoing.body = .bytes(ByteBuffer(bytes: request.body))
        }
        do {
            let answer = try await client.execute(outgoing, timeout: deadline)
            let body = try await answer.body.collect(upTo: request.largestAnswer)
            let headers = Dictionary(answer.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
            return SyncAnswer(status: Int(answer.status.code), headers: headers, body: Array(body.readableBytesView))
        } catch {
            throw ExchangeFailure(error)
        }
    }

    private static func tls(_ bundle: KitBundle) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        tls.certificateVerification = .fullVerification
        let roots = try NIOSSLCertificate.fromPEMBytes(Array(bundle.certificateAuthority.utf8))
        guard !roots.isEmpty else { throw ExchangeFailure.wrongCertificate }
        tls.trustRoots = .certificates(roots)
        tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(bundle.clientCertificate.utf8))
            .map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(bundle.clientKey.utf8), format: .pem))
        return tls
    }
}

extension ExchangeFailure {
    /// Names what the HTTP client throws.
    init(_ error: any Error) {
        switch error {
        case is CancellationError: self = .cancelled
        case let error as HTTPClientError: self = Self.name(error)
        case let error as NIOSSLError: self = Self.name(error)
        case is NIOSSLExtraError: self = .wrongCertificate
        case let error as BoringSSLError: self = Self.name(error)
        case HTTPParserError.invalidEOFState: self = .interrupted
        case is HTTPParserError, is NIOTooManyBytesError: self = .notHTTP
        case is NIOConnectionError: self = .unreachable
        default: self = .interrupted
        }
    }

    private static func name(_ error: HTTPClientError) -> ExchangeFailure {
        switch error {
        case .cancelled: .cancelled
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout: .unreachable
        default: .interrupted
        }
    }

    private static func name(_ error: NIOSSLError) -> ExchangeFailure {
        switch error {
        case .handshakeFailed(let cause): name(cause)
        case .unableToValidateCertificate: .wrongCertificate
        default: .interrupted
        }
    }

    /// A handshake that was cut and a record that was damaged say nothing about certificates; a
    /// verification that failed and the other side's alert do. In TLS 1.3 that alert comes after the
    /// handshake. BoringSSL tells them apart in its text only.
    private static func name(_ error: BoringSSLError) -> ExchangeFailure {
        guard case .sslError(let causes) = error else { return .interrupted }
        let isVerdict = causes.contains { cause in
            let text = String(describing: cause)
            return ["CERTIFICATE", "UNKNOWN_CA", "ACCESS_DENIED", "PROTOCOL_VERSION", "HANDSHAKE_FAILURE"]
                .contains { text.contains($0) }
        }
        return isVerdict ? .wrongCertificate : .interrupted
    }
}
