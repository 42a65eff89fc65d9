import DeviceTransport
import Synchronization

/// What other threads want of the capture that runs on the pad's thread.
final class PadErrand: Sendable {
    private struct State {
        var isRunning = false
        var signals: [STUProtocol.Event] = []
        var connection: (any HIDConnection)?
    }

    private let state = Mutex(State())

    func begin() {
        state.withLock { $0 = State(isRunning: true) }
    }

    func end() {
        state.withLock { $0 = State() }
    }

    /// Tells which connection a cancelled task has to wake.
    func reach(_ connection: any HIDConnection) {
        state.withLock { $0.connection = connection }
    }

    /// Ends the running capture with its ink; without one it does nothing.
    func finish() {
        state.withLock { if $0.isRunning { $0.signals.append(.finish) } }
    }

    func cancel() {
        let connection = state.withLock { state in
            state.signals.append(.cancelled)
            return state.connection
        }
        connection?.cancel()
    }

    func takeSignals() -> [STUProtocol.Event] {
        state.withLock { state in
            defer { state.signals = [] }
            return state.signals
        }
    }
}
