import NIOPosix

/// Threads for calls that block, so that a slow disk never holds up the handling of other kits.
enum BlockingPool {
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await NIOThreadPool.singleton.runIfActive(work)
    }
}
