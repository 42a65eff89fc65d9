import NIOCore
import NIOPosix
import Synchronization

/// A line between kit and central that breaks: each connection in turn bears so many bytes and is then
/// reset; connections beyond the list hold.
///
/// It sees TLS, so it can neither read nor forge: what a bad network can do.
final class CuttingProxy: Sendable {
    /// Bytes that one connection bears, in each direction; nil for any number.
    struct Limit: Sendable {
        var toCentral: Int?
        var toKit: Int?

        static let none = Limit()
    }

    let port: Int
    private let group: MultiThreadedEventLoopGroup
    private let listener: any Channel
    private let plan: CutPlan

    private init(port: Int, group: MultiThreadedEventLoopGroup, listener: any Channel, plan: CutPlan) {
        self.port = port
        self.group = group
        self.listener = listener
        self.plan = plan
    }

    /// How often the line has broken.
    var cuts: Int { plan.cuts }

    static func start(to central: Int, cutting limits: [Limit]) async throws -> CuttingProxy {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let plan = CutPlan(limits)
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { kit in Self.connect(kit, to: central, plan) }
            .bind(host: "127.0.0.1", port: 0).get()
        return CuttingProxy(port: listener.localAddress?.port ?? 0, group: group, listener: listener, plan: plan)
    }

    func stop() async throws {
        try await listener.close()
        try await group.shutdownGracefully()
    }

    private static func connect(_ kit: any Channel, to central: Int, _ plan: CutPlan) -> EventLoopFuture<Void> {
        let limit = plan.next()
        return ClientBootstrap(group: kit.eventLoop)
            .channelOption(.autoRead, value: false)
            .connect(host: "127.0.0.1", port: central)
            .flatMap { other in
                kit.pipeline.addHandler(Relay(to: other, bearing: limit.toCentral, plan))
                    .and(other.pipeline.addHandler(Relay(to: kit, bearing: limit.toKit, plan)))
                    .flatMap { _ in other.setOption(.autoRead, value: true) }
                    .flatMap { kit.setOption(.autoRead, value: true) }
            }
    }
}

/// Hands out the limits, one connection after the other.
private final class CutPlan: Sendable {
    private let limits: Mutex<ArraySlice<CuttingProxy.Limit>>
    private let made = Mutex(0)

    init(_ limits: [CuttingProxy.Limit]) { self.limits = Mutex(limits[...]) }

    var cuts: Int { made.withLock { $0 } }
    func count() { made.withLock { $0 += 1 } }

    func next() -> CuttingProxy.Limit { limits.withLock { $0.popFirst() } ?? .none }
}

/// Passes on what comes, until it has borne enough; then both ends are closed.
private final class Relay: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let left: Mutex<Int?>
    private let plan: CutPlan

    init(to other: any Channel, bearing limit: Int?, _ plan: CutPlan) {
        self.other = other
        self.plan = plan
        left = Mutex(limit)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        let passing = left.withLock { left in
            guard let most = left else { return bytes.readableBytes }
            let count = min(most, bytes.readableBytes)
            left = most - count
            return count
        }
        let isCut = passing < bytes.readableBytes || left.withLock { $0 == 0 }
        if let part = bytes.readSlice(length: passing) { other.writeAndFlush(part, promise: nil) }
        guard isCut else { return }
        if context.channel.isActive { plan.count() }
        other.close(promise: nil)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { other.close(promise: nil) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
