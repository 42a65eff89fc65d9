import NIOCore
import NIOPosix
import Synchronization

/// A network that can go away: a TCP relay on loopback that refuses everyone while it is down, and
/// breaks one connection after so many bytes when told to.
///
/// The demo and the tests put it between the kit and central, so that what is tried is the real client
/// on real, broken TLS connections.
package final class CuttableLink: Sendable {
    private struct State {
        var listener: (any Channel)?
        /// Bytes that may still go towards central before the one cut; nil when none is due.
        var bytesUntilCut: Int?
        var cuts = 0
    }

    /// Where the kit finds central, whether or not anyone listens there now.
    package let port: Int
    private let centralPort: Int
    private let state = Mutex(State())
    private let group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton

    /// Reserves a port on loopback; the link is down until `connect`.
    package init(toCentralAt centralPort: Int) async throws {
        self.centralPort = centralPort
        let probe = try await ServerBootstrap(group: group).bind(host: "127.0.0.1", port: 0).get()
        port = probe.localAddress?.port ?? 0
        try await probe.close()
    }

    /// How many connections were broken on purpose.
    package var cuts: Int { state.withLock { $0.cuts } }

    /// Brings the network up.
    ///
    /// - Parameter bytes: break the first connection that has carried this many towards central; once.
    package func connect(cuttingOnceAfter bytes: Int? = nil) async throws {
        state.withLock { $0.bytesUntilCut = bytes }
        let centralPort = centralPort
        let listener = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Nothing is read from the kit before central is there to take it.
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { [self] kit in
                ClientBootstrap(group: kit.eventLoop).connect(host: "127.0.0.1", port: centralPort)
                    .flatMap { central in
                        kit.eventLoop.makeCompletedFuture {
                            try central.pipeline.syncOperations.addHandler(Relay(to: kit, metering: nil))
                            try kit.pipeline.syncOperations.addHandler(Relay(to: central, metering: self))
                        }
                        .flatMap { kit.setOption(.autoRead, value: true) }
                    }
            }
            .bind(host: "127.0.0.1", port: port).get()
        state.withLock { $0.listener = listener }
    }

    /// Takes the network down; connections that are open stay.
    package func disconnect() async throws {
        let listener = state.withLock { state in
            defer { state.listener = nil }
            return state.listener
        }
        try await listener?.close()
    }

    /// Whether this many more bytes are too many.
    fileprivate func mustCut(after bytes: Int) -> Bool {
        state.withLock { state in
            guard let left = state.bytesUntilCut else { return false }
            guard left <= bytes else {
                state.bytesUntilCut = left - bytes
                return false
            }
            state.bytesUntilCut = nil
            state.cuts += 1
            return true
        }
    }
}

/// Passes what one side says to the other, and closes both together.
private final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let meter: CuttableLink?

    init(to other: any Channel, metering meter: CuttableLink?) {
        self.other = other
        self.meter = meter
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if meter?.mustCut(after: bytes.readableBytes) == true {
            context.close(promise: nil)
            return
        }
        other.writeAndFlush(bytes, promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(mode: .all, promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
