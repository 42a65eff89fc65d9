import AsyncHTTPClient
import EnrolmentCore
import NIOCore
import NIOSSL
import PacketFormat
import SyncProtocol

/// A kit as the tests play it: requests by hand, over TLS with its certificate.
struct KitClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]

        var offset: Int? { headers["upload-offset"].flatMap(ByteCount.parse) }
        var code: RefusalCode? { try? Problem(decoding: body).code }
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    static let version = [(SyncHeader.tusResumable, "1.0.0")]

    let bundle: KitBundle
    let port: Int
    private let owned: OwnedClient
    private var client: HTTPClient { owned.client }

    /// Shuts the client down also when a test ends by an error: the library stops the process otherwise.
    private final class OwnedClient: Sendable {
        let client: HTTPClient
        init(_ client: HTTPClient) { self.client = client }
        deinit { Task { [client] in try? await client.shutdown() } }
    }

    init(_ bundle: KitBundle, port: Int, tls: TLSConfiguration? = nil) throws {
        self.bundle = bundle
        self.port = port
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try tls ?? Self.tls(bundle)
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(30))
        configuration.connectionPool.retryConnectionEstablishment = false
        owned = OwnedClient(HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration))
    }

    static func tls(_ bundle: KitBundle) throws -> TLSConfiguration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(bundle.certificateAuthority.utf8)))
        tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(Array(bundle.clientCertificate.utf8))
            .map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(bundle.clientKey.utf8), format: .pem))
        tls.minimumTLSVersion = .tlsv13
        return tls
    }

    func close() async { try? await client.shutdown() }

    func send(
        _ method: String, _ path: String, headers: [(String, String)] = version, body: [UInt8]? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: "https://localhost:\(port)\(path)")
        request.method = .init(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(30))
        let received = try await response.body.collect(upTo: 1 << 20)
        var fields: [String: String] = [:]
        for (name, value) in response.headers { fields[name.lowercased()] = value }
        return Answer(status: Int(response.status.code), headers: fields, body: Array(received.readableBytesView))
    }

    func announce(_ packet: TestPacket) async throws -> Answer {
        try await send("POST", SyncRoute.packets.path, headers: packet.announcement)
    }

    func append(
        _ bytes: some Collection<UInt8>, at offset: Int, of id: PacketID, headers: [(String, String)] = []
    ) async throws -> Answer {
        try await send(
            "PATCH", SyncRoute.packet(id).path,
            headers: Self.version + [
                (SyncHeader.contentType, SyncMediaType.offsetStream), (SyncHeader.uploadOffset, String(offset)),
            ] + headers, body: Array(bytes))
    }

    func head(_ id: PacketID) async throws -> Answer { try await send("HEAD", SyncRoute.packet(id).path) }

    func receipt(_ id: PacketID) async throws -> Answer {
        try await send("GET", SyncRoute.receipt(id).path, headers: [])
    }

    /// Announces and sends a whole packet.
    func upload(_ packet: TestPacket) async throws -> Answer {
        _ = try await announce(packet)
        return try await append(packet.bytes, at: 0, of: packet.id)
    }
}
