import Foundation
import Synchronization

/// A thread that does one thing after another and in between does nothing at all, so that what a call left on its
/// stack stays there to be found.
final class ParkedThread: Sendable {
    private final class Desk: Sendable {
        let job = Mutex<(@Sendable () -> Void)?>(nil)
        let begun = DispatchSemaphore(value: 0)
        let done = DispatchSemaphore(value: 0)
    }

    private final class Outcome<Value: Sendable>: Sendable {
        let value = Mutex<Result<Value, any Error>?>(nil)
    }

    struct Failure: Error {}

    private let desk = Desk()

    init() {
        Thread { [desk] in
            while true {
                desk.begun.wait()
                guard let next = desk.job.withLock(\.self) else { return }
                next()
                desk.done.signal()
            }
        }.start()
    }

    deinit {
        desk.job.withLock { $0 = nil }
        desk.begun.signal()
    }

    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) throws -> Value {
        let outcome = Outcome<Value>()
        desk.job.withLock { $0 = { outcome.value.withLock { $0 = Result { try work() } } } }
        desk.begun.signal()
        desk.done.wait()
        guard let value = outcome.value.withLock(\.self) else { throw Failure() }
        return try value.get()
    }
}
