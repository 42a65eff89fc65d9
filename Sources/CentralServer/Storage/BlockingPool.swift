import NIOPosix

/// Threads for calls that block, so that a slow disk never holds up the handling of other kits.
///
/// They are central's own: in the pool that the whole process shares, a caller that waits for central
/// could hold the thread that central needs to answer it.
enum BlockingPool {
    private static let pool = {
        let pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
        return pool
    }()

    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await pool.runIfActive(work)
    }
}
