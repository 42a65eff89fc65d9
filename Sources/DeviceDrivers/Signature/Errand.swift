import Synchronization

/// What other threads want of the capture that runs on a device's own thread.
///
/// Signals are looked at between two calls to the device; cancelling also wakes the call under way.
final class Errand<Signal: Sendable>: Sendable {
    private struct State {
        var isRunning = false
        var signals: [Signal] = []
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    func begin() {
        state.withLock { $0 = State(isRunning: true) }
    }

    func end() {
        state.withLock { $0 = State() }
    }

    /// - Parameter wake: ends the call that the device's thread waits in.
    func onCancel(_ wake: @escaping @Sendable () -> Void) {
        state.withLock { $0.wake = wake }
    }

    /// Reaches a running capture; without one it does nothing.
    func send(_ signal: Signal) {
        state.withLock { if $0.isRunning { $0.signals.append(signal) } }
    }

    func cancel(_ signal: Signal) {
        let wake = state.withLock { state in
            state.signals.append(signal)
            return state.wake
        }
        wake?()
    }

    func takeSignals() -> [Signal] {
        state.withLock { state in
            defer { state.signals = [] }
            return state.signals
        }
    }
}
