import DeviceTransport
import EnrolmentCore

/// The one way out: whatever happened, the scanner is switched off when it is still there, and
/// nothing stays under way.
extension UareUProtocol {
    var isCleaningUp: Bool {
        switch step {
        case .stopping, .switchingOff, .draining, .finished: true
        default: false
        }
    }

    /// Ends the session with this outcome. Of no effect when it is ending already.
    mutating func stop(_ outcome: Outcome) -> [Effect] {
        guard !isCleaningUp else { return [] }
        self.outcome = outcome
        var effects: [Effect] = [.stopTimer]
        if underWay.contains(.picture) { effects.append(.cancel(.picture)) }
        // Nothing was ever sent, so nothing needs to be undone.
        if step == .idle { return effects + finish() }
        if underWay.contains(.control) {
            step = .stopping
            return effects + [.cancel(.control)]
        }
        return effects + [switchOff()]
    }

    /// A transfer failed for good. What was already decided is kept: the picture of a scanner that fails
    /// while the finger leaves is as good as any, and so is the best of those before the one that failed.
    mutating func fail(_ error: TransportError) -> [Effect] {
        guard !isCleaningUp else { return [] }
        let decided = outcome ?? best.map { .picture($0.picture, howItWasTaken) } ?? .lost(error)
        guard error.reason != .unplugged else {
            // Nobody is left to be switched off; only collect what is still under way.
            outcome = decided
            return drain()
        }
        return stop(decided)
    }

    mutating func switchOff(after result: Result<[UInt8], TransportError>) -> [Effect] {
        if case .failure(let error) = result, error.reason == .unplugged { return drain() }
        return [switchOff()]
    }

    /// An order that did not arrive is given once more.
    mutating func switchedOff(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        guard case .failure(let error) = result, error.reason != .unplugged, !hasSwitchedOffAgain else {
            return drain()
        }
        hasSwitchedOffAgain = true
        return [switchOff()]
    }

    private mutating func switchOff() -> Effect {
        write(.mode, [UareUMode.off.rawValue], then: .switchingOff)
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
