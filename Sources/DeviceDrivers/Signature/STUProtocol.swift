package import DeviceTransport
package import EnrolmentCore

/// The conversation with a Wacom STU pad, without the pad: events in, effects out.
///
/// At most one effect that talks to the pad is under way at a time; its result is the next event.
/// Whatever happens, the conversation ends with inking off and a clear screen, unless the pad is gone.
package struct STUProtocol {
    /// What a conversation is for.
    package enum Purpose: Hashable, Sendable {
        case describe
        /// - limit: how long to wait for the signature as a whole.
        /// - rest: how long the pen must rest after the last stroke to mean "done".
        case sign(limit: Duration, rest: Duration)
    }

    package enum Event: Hashable, Sendable {
        case begin
        /// A feature report that was asked for.
        case reply([UInt8])
        /// A feature report was taken by the pad.
        case accepted
        case input([UInt8])
        /// No input report came in the time asked for.
        case quiet
        case failed(TransportError)
        /// The officer ends the signature; heeded at the next event.
        case finish
        /// The task was cancelled; heeded at the next event.
        case cancelled
    }

    package enum Effect: Hashable, Sendable {
        case ask(UInt8, length: Int)
        case send([UInt8])
        case read(within: Duration)
        case progress(CaptureProgress)
        /// The conversation is over and the pad may be closed.
        case end(Outcome)
    }

    package enum Outcome: Hashable, Sendable {
        case described(DeviceDescription)
        case signed([[PenPoint]], PadGeometry, DeviceDescription)
        case retry(CaptureRetry)
        case failed(DeviceError)
    }

    let purpose: Purpose
    var phase = Phase.waiting
    /// When the pause of the present phase is over.
    var restEnd: Duration = .zero
    var steps: [STUStep] = []
    /// Set as soon as the end is decided; from then on the pad is only cleaned.
    var outcome: Outcome?
    var wasFinished = false
    var wasCancelled = false
    /// How often the pad had to be got out of a state that it was left in.
    var rescues = 0

    var model: STUInformation?
    var serial: String?
    var geometry: PadGeometry?
    var threshold = InkThreshold.usual
    var session = InkSession()

    /// Where within the first of `steps` the conversation is.
    enum Phase: Hashable {
        case waiting
        case asking
        case sending(tries: Int)
        /// The status was asked for, to see whether the pad took what was sent.
        case checking(tries: Int)
        /// Between two tries of a command that came too early.
        case retrying(tries: Int)
        case settling(since: Duration, polls: Int)
        case settlingPause(since: Duration, polls: Int)
        case pausing
        case inking
        case over
    }

    /// - Parameter serial: as the system lists it; a pad that tells its own replaces it.
    package init(_ purpose: Purpose, serial: String? = nil) {
        self.purpose = purpose
        self.serial = serial
    }

    /// Takes what happened and says what to do next.
    ///
    /// - Parameter now: on any monotonic clock, the same one at every call.
    package mutating func handle(_ event: Event, at now: Duration) -> [Effect] {
        switch event {
        case .finish: wasFinished = true
        case .cancelled: wasCancelled = true
        case .begin:
            guard phase == .waiting else { return [] }
            steps = STUStep.identification
            if case .sign = purpose { steps += STUStep.preparation + [.ink] }
            return start(at: now)
        case _ where phase == .over || phase == .waiting: break
        case _ where wasCancelled && outcome == nil: return fail(.cancelled, "", at: now)
        case .failed(let error): return failed(error, at: now)
        case .reply(let report): return replied(report, at: now)
        case .accepted: return accepted()
        case .input(let report): return input(report, at: now)
        case .quiet: return quiet(at: now)
        }
        return []
    }

    /// Starts the first of the steps that are left, or ends.
    mutating func start(at now: Duration) -> [Effect] {
        guard let step = steps.first else { return end() }
        switch step {
        case .settle:
            phase = .settling(since: now, polls: 0)
            return [Self.askStatus]
        case .ask(let id, _):
            phase = .asking
            return [.ask(id, length: STUReportID.length(id))]
        case .command(let report, _):
            phase = .sending(tries: 0)
            return [.send(report)]
        case .pause(let duration):
            return rest(duration, in: .pausing, at: now)
        case .ink: return startInking(at: now)
        }
    }

    /// Lets time pass: whatever the pad sends meanwhile is read and thrown away.
    mutating func rest(_ duration: Duration, in next: Phase, at now: Duration) -> [Effect] {
        phase = next
        restEnd = now + duration
        return [.read(within: duration)]
    }

    /// The first step is done, or is given up.
    mutating func advance(at now: Duration) -> [Effect] {
        steps.removeFirst()
        return start(at: now)
    }

    /// Decides the outcome, unless one was decided before, and goes on to clean the pad.
    mutating func conclude(_ decided: Outcome, at now: Duration) -> [Effect] {
        if outcome == nil {
            outcome = decided
            steps = purpose == .describe ? [] : STUStep.cleaning
        }
        return start(at: now)
    }

    mutating func fail(_ problem: DeviceError.Problem, _ detail: String, at now: Duration) -> [Effect] {
        conclude(.failed(DeviceError(.signaturePad, problem, detail)), at: now)
    }

    private mutating func end() -> [Effect] {
        phase = .over
        if let outcome { return [.end(outcome)] }
        return [.end(.described(description))]
    }

    var description: DeviceDescription {
        DeviceDescription(product: model?.model ?? "STU", serial: serial)
    }

    static let askStatus = Effect.ask(STUReportID.status, length: STUReportID.length(STUReportID.status))
}
