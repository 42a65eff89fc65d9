import DeviceTransport
import EnrolmentCore

/// The one way out: whatever happened, a command that may still run is cancelled when the module is still
/// there, and nothing stays under way.
extension MorphoProtocol {
    var isCleaningUp: Bool {
        switch step {
        case .stopping, .lastCancelling, .settling, .draining, .finished: true
        default: false
        }
    }

    /// Ends the session with this outcome. Of no effect when it is ending already.
    mutating func stop(_ outcome: Outcome) -> [Effect] {
        guard !isCleaningUp else { return [] }
        self.outcome = outcome
        // Nothing was ever sent, so nothing needs to be undone.
        if step == .idle { return [.stopTimer] + finish() }
        if underWay.contains(.write) {
            step = .stopping
            return [.stopTimer, .cancel(.write)]
        }
        return [.stopTimer] + (isCommandOver(outcome) ? drain() : [lastCancel()])
    }

    /// An answer ends its command; without one the command still runs.
    private func isCommandOver(_ outcome: Outcome) -> Bool {
        switch outcome {
        case .description, .picture, .retry: true
        case .failed: false
        }
    }

    mutating func fail(_ error: TransportError) -> [Effect] {
        guard !isCleaningUp else { return [] }
        guard error.reason != .unplugged else {
            // Nobody is left to be told anything; only collect what is still under way.
            outcome = .failed(.unplugged, detail: error.detail)
            return drain()
        }
        return stop(.failed(error.scannerProblem, detail: error.technicalText))
    }

    private mutating func lastCancel() -> Effect {
        write(.cancel, then: .lastCancelling)
    }

    mutating func cleanUpWriteEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        if case .failure(let error) = result, error.reason == .unplugged { return drain() }
        switch step {
        case .stopping: return [lastCancel()]
        case .lastCancelling:
            step = .settling
            return [.startTimer(limits.quiet)]
        default: return drain()
        }
    }

    /// What comes now is let pass: the answer of the command that was cancelled among it.
    mutating func cleanUpReadEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        switch result {
        case .failure(let error) where error.reason == .unplugged: return drain()
        case .failure: return step == .draining ? drain() : []
        case .success:
            guard step != .draining else { return drain() }
            leftOvers += 1
            guard leftOvers <= 2 * Self.mostLeftOvers else { return step == .settling ? drain() : [] }
            frames.clear()
            return [read()] + (step == .settling ? [.startTimer(limits.quiet)] : [])
        }
    }

    /// Waits until nothing is under way; called again as each transfer ends.
    mutating func drain() -> [Effect] {
        guard !underWay.isEmpty else { return finish() }
        guard step != .draining else { return [] }
        step = .draining
        let cancelled = Transfer.allCases.filter(underWay.contains).map { Effect.cancel($0) }
        return cancelled + [.startTimer(limits.cleanUp)]
    }

    mutating func finish() -> [Effect] {
        step = .finished
        return [.stopTimer, .finish(outcome ?? .failed(.cancelled, detail: ""))]
    }
}
