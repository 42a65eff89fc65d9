import Foundation

/// A serial executor that owns one thread, so that an actor may block in C without holding one of
/// the few threads of Swift's cooperative pool.
///
/// An actor uses it by storing one and returning it from `unownedExecutor`. The thread ends when
/// the executor is released.
// @unchecked: all it has is its mailbox, which has a lock.
package final class DeviceThread: SerialExecutor, @unchecked Sendable {
    // @unchecked: `jobs` and `isClosed` are only touched under `condition`.
    private final class Mailbox: @unchecked Sendable {
        let condition = NSCondition()
        var jobs: [UnownedJob] = []
        var isClosed = false

        func next() -> UnownedJob? {
            condition.lock()
            defer { condition.unlock() }
            while jobs.isEmpty {
                if isClosed { return nil }
                condition.wait()
            }
            return jobs.removeFirst()
        }
    }

    private let mailbox = Mailbox()

    /// - Parameter name: shown by a debugger; at most 15 characters are kept by Linux.
    package init(name: String) {
        let mailbox = mailbox
        let executor = Unmanaged.passUnretained(self)
        let identity = UncheckedExecutor(reference: executor)
        let thread = Thread {
            while let job = mailbox.next() {
                job.runSynchronously(on: identity.unowned)
            }
        }
        thread.name = name
        thread.stackSize = 1 << 20
        thread.start()
    }

    deinit {
        mailbox.condition.lock()
        mailbox.isClosed = true
        mailbox.condition.signal()
        mailbox.condition.unlock()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        mailbox.condition.lock()
        mailbox.jobs.append(job)
        mailbox.condition.signal()
        mailbox.condition.unlock()
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// The executor's own reference, without keeping it alive: a job only runs while the actor that
    /// enqueued it, and with it this executor, lives.
    private struct UncheckedExecutor: @unchecked Sendable {
        let reference: Unmanaged<DeviceThread>
        var unowned: UnownedSerialExecutor {
            reference._withUnsafeGuaranteedRef { UnownedSerialExecutor(ordinary: $0) }
        }
    }
}
