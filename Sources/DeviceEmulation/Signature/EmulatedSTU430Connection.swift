import DeviceTransport
import Glibc

/// An open emulated pad.
struct EmulatedSTU430Connection: HIDConnection {
    let pad: EmulatedSTU430

    /// What a feature report costs on the wire, in simulated time.
    private static let transferTime: Duration = .milliseconds(1)

    func featureReport(_ id: UInt8, length: Int) throws(TransportError) -> [UInt8] {
        try begin()
        let now = pad.now
        guard let report = pad.state.withLock({ $0.pad.reply(to: id, at: now) }) else {
            throw TransportError(.stalled, "emulated")
        }
        return Array(report.prefix(length))
    }

    func setFeatureReport(_ report: [UInt8]) throws(TransportError) {
        try begin()
        let now = pad.now
        let wasTaken = pad.state.withLock { state in
            let wasInking = state.pad.isInking
            guard state.pad.take(report, at: now) else { return false }
            // A person starts to sign when the pad invites it, and stops when it does no more.
            if report == [0x21, 1], !wasInking || state.origin == nil {
                state.origin = now + pad.hesitation
                state.next = 0
            }
            if report == [0x21, 0] { state.origin = nil }
            return true
        }
        guard wasTaken else { throw TransportError(.stalled, "emulated") }
    }

    func write(_ report: [UInt8]) throws(TransportError) {
        try begin()
        throw TransportError(.stalled, "a pad has no output reports")
    }

    func inputReport(within limit: Duration) throws(TransportError) -> [UInt8] {
        try begin()
        let deadline = pad.now + limit
        let due = pad.state.withLock { nextReportTime(in: $0) }
        if let due, due <= deadline {
            try wait(until: due)
            return try takeReport()
        }
        try wait(until: deadline)
        throw TransportError(.timedOut, "emulated")
    }

    func cancel() { pad.cancelSign.raise() }

    func close() {
        pad.state.withLock { state in
            state.isOpen = false
            state.origin = nil
        }
    }

    /// Counts the transfer and lets it fail when it is its turn to.
    private func begin() throws(TransportError) {
        let failure: TransportError.Reason? = pad.state.withLock { state in
            let number = state.transfers
            state.transfers += 1
            state.time += pad.pace == .simulated ? Self.transferTime : .zero
            if pad.faults.contains(.unpluggedAtTransfer(number)) { state.isUnplugged = true }
            if state.isUnplugged || !state.isOpen { return .unplugged }
            for case .failure(transfer: number, let reason) in pad.faults { return reason }
            return nil
        }
        if let failure { throw TransportError(failure, "emulated") }
    }

    private func nextReportTime(in state: EmulatedSTU430.State) -> Duration? {
        guard let origin = state.origin, state.next < state.script.moments.count else { return nil }
        for case .silentFromReport(let number) in pad.faults where state.reports >= number { return nil }
        return origin + .milliseconds(state.script.moments[state.next].milliseconds)
    }

    private func takeReport() throws(TransportError) -> [UInt8] {
        let report: [UInt8]? = pad.state.withLock { state in
            let number = state.reports
            if pad.faults.contains(.unpluggedAtReport(number)) { state.isUnplugged = true }
            guard !state.isUnplugged, state.next < state.script.moments.count else { return nil }
            let moment = state.script.moments[state.next]
            state.next += 1
            state.reports += 1
            state.sequence &+= 1
            if moment.isTouching { state.pad.draw() }
            var report = Self.report(of: moment, in: state)
            for case .inputID(let id) in pad.faults { report[0] = id }
            for case .inputLength(report: number, let length) in pad.faults {
                report = Array((report + report + report).prefix(length))
            }
            return report
        }
        guard let report else { throw TransportError(.unplugged, "emulated") }
        return report
    }

    private static func report(of moment: InkScript.Moment, in state: EmulatedSTU430.State) -> [UInt8] {
        if state.pad.isEncrypting { return [0x10] + [UInt8](repeating: 0xA5, count: 16) }
        guard state.pad.optionMode == 3 else { return moment.report(0x01) }
        // The pad's counter has run since it was switched on; it rolls over soon, as it does on any real day.
        let tick = UInt16(truncatingIfNeeded: 65_000 + moment.milliseconds)
        return moment.report(0x34) + [
            UInt8(tick >> 8), UInt8(tick & 0xFF), UInt8(state.sequence >> 8), UInt8(state.sequence & 0xFF),
        ]
    }

    private func wait(until time: Duration) throws(TransportError) {
        if pad.pace == .simulated { pad.state.withLock { $0.time = max($0.time, time) } }
        while true {
            if pad.cancelSign.take() { throw TransportError(.cancelled, "emulated") }
            let left = time - pad.now
            guard left > .zero else { return }
            poll(nil, 0, min(left, CancelSign.slice).timeoutMilliseconds())
        }
    }
}
