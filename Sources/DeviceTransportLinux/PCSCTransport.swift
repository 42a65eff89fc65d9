import CPCSC
package import DeviceTransport
import Synchronization

/// Card readers through libpcsclite and pcscd.
///
/// A context outlives neither a restart of pcscd nor a call that hangs, so a new one is made whenever
/// the last one is of no more use.
package final class PCSCTransport: CardTransport {
    private struct State {
        var worker: PCSCWorker?
        var isCancelled = false
    }

    private let state = Mutex(State())

    /// For calls that pcscd answers from memory.
    private static let prompt: Duration = .seconds(5)
    /// The longest wait in one call: pcsc-lite tells of a new reader only if it comes during the call.
    private static let slice: Duration = .seconds(1)

    package init() {
        Self.endCallsAtExit()
    }

    /// From now on the program's end waits for calls of libpcsclite that are under way, as it must; every
    /// transport sees to it by itself.
    ///
    /// To be called by a program before it registers what it does at its end, since what is registered first
    /// is done last.
    package static func endCallsAtExit() {
        _ = PCSCExit.shared
    }

    deinit {
        state.withLock { $0.worker }?.abandon()
    }

    package func slots() throws(TransportError) -> [CardSlot] {
        try perform(within: Self.prompt) { (context) throws(TransportError) in try PCSCSlots.look(context) }.value
    }

    package func waitForChange(
        from known: [CardSlot], within limit: Duration
    ) throws(TransportError) -> [CardSlot] {
        let end = ContinuousClock.now + limit
        while true {
            let left = end - .now
            let slice = min(max(left, .zero), Self.slice)
            let changed = try perform(within: slice + Self.prompt) { (context) throws(TransportError) in
                try PCSCSlots.wait(context, from: known, within: slice)
            }.value
            if let changed { return changed }
            guard left > Self.slice else { throw TransportError(.timedOut, "no change in the card readers") }
        }
    }

    package func connect(to reader: String, within limit: Duration) throws(TransportError) -> any CardConnection {
        let (card, worker) = try perform(within: limit) { (context) throws(TransportError) in
            try PCSCCard(context, reader: reader)
        }
        return PCSCConnection(card, worker)
    }

    /// A context that was made before pcscd ended, and was started again, is dead and does not say so: what it
    /// refuses is asked once more of a new one.
    private func perform<Value: Sendable>(
        within limit: Duration, _ body: @escaping @Sendable (SCARDCONTEXT) throws(TransportError) -> Value
    ) throws(TransportError) -> (value: Value, worker: PCSCWorker) {
        let worker = try worker()
        do throws(TransportError) {
            return (try worker.perform(within: limit, body), worker)
        } catch  where error.reason == .serviceDown && worker.hasServed {
            let next = try self.worker()
            return (try next.perform(within: limit, body), next)
        }
    }

    package func cancel() {
        state.withLock { state in
            state.isCancelled = true
            return state.worker
        }?.cancel()
    }

    package func rearm() {
        state.withLock { state in
            state.isCancelled = false
            return state.worker
        }?.rearm()
    }

    private func worker() throws(TransportError) -> PCSCWorker {
        let worker: PCSCWorker? = state.withLock { state in
            if state.isCancelled { return nil }
            if let worker = state.worker, !worker.isAbandoned { return worker }
            let worker = PCSCWorker()
            state.worker = worker
            return worker
        }
        guard let worker else { throw TransportError(.cancelled, "PC/SC call cancelled") }
        return worker
    }
}
