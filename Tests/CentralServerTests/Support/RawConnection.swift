import NIOCore
import NIOPosix
import NIOSSL
import SyncProtocol

/// A TLS connection that a test writes bytes to by hand, for requests that no client would leave unfinished.
struct RawConnection: Sendable {
    private let channel: any Channel

    init(_ bundle: KitBundle, port: Int) async throws {
        let context = try NIOSSLContext(configuration: KitClient.tls(bundle))
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: "localhost")
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
    }

    func write(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

    /// Sends the head of an append and only the first `bytes` of its `length`.
    func startAppend(_ path: String, offset: Int, length: Int, bytes: some Collection<UInt8>) async throws {
        let head = """
            PATCH \(path) HTTP/1.1\r
            Host: localhost\r
            \(SyncHeader.tusResumable): 1.0.0\r
            \(SyncHeader.contentType): \(SyncMediaType.offsetStream)\r
            \(SyncHeader.uploadOffset): \(offset)\r
            Content-Length: \(length)\r
            \r

            """
        try await write(Array(head.utf8) + Array(bytes))
    }

    /// Gone without a word, as when the network drops.
    func drop() async throws { try? await channel.close(mode: .all) }

    func waitUntilClosed() async throws { try await channel.closeFuture.get() }
}
