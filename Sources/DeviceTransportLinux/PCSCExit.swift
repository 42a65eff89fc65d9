import CPCSC
import Foundation
import Glibc

/// Sees to it that no call of libpcsclite is under way, or begins, while the program ends.
///
/// The library's destructor frees the list of contexts that every call looks into. A device's thread that is
/// still releasing what it held would end a verb that had succeeded with SIGSEGV. So calls pass through here,
/// and at the program's end they are cancelled and waited for, and later ones do not take place: pcscd
/// lets go of what belonged to a program that is gone.
// @unchecked: every stored property is only touched under `condition`.
final class PCSCExit: @unchecked Sendable {
    static let shared = PCSCExit()

    private let condition = NSCondition()
    private var contexts: Set<SCARDCONTEXT> = []
    private var callsUnderWay = 0
    private var isOver = false

    /// For calls that no one can cancel, such as a command to a card that does not answer.
    private static let patience: TimeInterval = 0.5

    private init() {
        on_exit(
            { status, _ in
                // What does not come back in time must not find the list gone.
                if !PCSCExit.shared.end() {
                    fflush(nil)
                    _exit(status)
                }
            }, nil)
    }

    /// Makes the call, or gives nil when the program is ending.
    func pass<Value>(_ call: () -> Value) -> Value? {
        let mayPass = condition.withLock {
            if !isOver { callsUnderWay += 1 }
            return !isOver
        }
        guard mayPass else { return nil }
        defer {
            condition.withLock {
                callsUnderWay -= 1
                condition.broadcast()
            }
        }
        return call()
    }

    func add(_ context: SCARDCONTEXT) {
        condition.withLock { _ = contexts.insert(context) }
    }

    func remove(_ context: SCARDCONTEXT) {
        condition.withLock { _ = contexts.remove(context) }
    }

    /// - Returns: whether no call is under way any more.
    private func end() -> Bool {
        let waiting = condition.withLock {
            isOver = true
            return contexts
        }
        // Ends a wait for a change in the readers at once.
        for context in waiting { SCardCancel(context) }
        let deadline = Date(timeIntervalSinceNow: Self.patience)
        return condition.withLock {
            while callsUnderWay > 0 {
                if !condition.wait(until: deadline) { return callsUnderWay == 0 }
            }
            return true
        }
    }
}
