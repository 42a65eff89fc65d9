import DeviceTransport
import EnrolmentCore

extension STUProtocol {
    /// How long a pad may start up or calculate before it counts as dead.
    private static let settleLimit: Duration = .seconds(30)
    /// When the screen is to be cleared nobody waits that long.
    private static let cleaningLimit: Duration = .seconds(3)
    private static let pollInterval: Duration = .milliseconds(100)
    /// Clearing takes some pads 600 ms; one still busy with a picture after that was left so.
    private static let patientPolls = 8
    /// A command is tried again, 20 ms apart, while the pad clears its screen.
    private static let commandTries = 50
    private static let commandInterval: Duration = .milliseconds(20)
    /// A pad that says it obeyed, and did not, is not asked for ever.
    private static let rescueLimit = 4
    /// Before an encrypted capture is ended, the pad wants this pause.
    private static let captureRest: Duration = .milliseconds(80)

    mutating func replied(_ report: [UInt8], at now: Duration) -> [Effect] {
        switch phase {
        case .settling(let since, let polls): return settle(STUStatus(report), since: since, polls: polls, at: now)
        case .checking(let tries): return check(STUStatus(report), tries: tries, at: now)
        case .asking: return learn(report, at: now)
        default: return []
        }
    }

    mutating func accepted() -> [Effect] {
        guard case .sending(let tries) = phase else { return [] }
        phase = .checking(tries: tries)
        return [Self.askStatus]
    }

    mutating func quiet(at now: Duration) -> [Effect] {
        switch phase {
        case .inking: return inkingQuiet(at: now)
        case .pausing: return advance(at: now)
        case .retrying(let tries):
            guard case .command(let report, _) = steps.first else { return [] }
            phase = .sending(tries: tries)
            return [.send(report)]
        case .settlingPause(let since, let polls):
            phase = .settling(since: since, polls: polls)
            return [Self.askStatus]
        default: return []
        }
    }

    /// Input that comes while something else is waited for is old ink: it is thrown away.
    mutating func input(_ report: [UInt8], at now: Duration) -> [Effect] {
        switch phase {
        case .inking: return ink(report, at: now)
        case .pausing, .retrying, .settlingPause:
            return now < restEnd ? [.read(within: restEnd - now)] : quiet(at: now)
        default: return []
        }
    }

    mutating func failed(_ error: TransportError, at now: Duration) -> [Effect] {
        switch error.reason {
        case .unplugged, .absent:
            phase = .over
            let gone = Outcome.failed(DeviceError(.signaturePad, .unplugged, error.detail))
            return [.end(outcome ?? gone)]
        case .cancelled where outcome == nil: return fail(.cancelled, error.detail, at: now)
        default: break
        }
        switch phase {
        case .settling(let since, let polls): return settle(nil, since: since, polls: polls, at: now)
        case .checking(let tries): return check(nil, tries: tries, at: now)
        case .asking, .sending: return refuse(error.problem, error.detail, at: now)
        default: return outcome == nil ? fail(error.problem, error.detail, at: now) : quiet(at: now)
        }
    }

    /// - Parameter status: nil when the pad gave none; it does not answer while it starts.
    private mutating func settle(
        _ status: STUStatus?, since: Duration, polls: Int, at now: Duration
    ) -> [Effect] {
        // Counted as well as timed, so that it ends even under a clock that stands still.
        let limit = outcome == nil ? Self.settleLimit : Self.cleaningLimit
        if now - since > limit || Self.pollInterval * polls > limit { return refuse(.timedOut, "never ready", at: now) }
        switch status?.activity {
        case .ready: return advance(at: now)
        case .capture: return rescue([.pause(Self.captureRest), .endCapture], at: now)
        case .image where polls >= Self.patientPolls: return rescue([.abandonImage], at: now)
        case .image, .busy, nil:
            return rest(Self.pollInterval, in: .settlingPause(since: since, polls: polls + 1), at: now)
        }
    }

    /// Gets the pad out of a state that an earlier program left it in.
    private mutating func rescue(_ first: [STUStep], at now: Duration) -> [Effect] {
        rescues += 1
        guard rescues <= Self.rescueLimit else { return refuse(.protocolViolation, "stays in another state", at: now) }
        steps.insert(contentsOf: first, at: 0)
        return start(at: now)
    }

    private mutating func check(_ status: STUStatus?, tries: Int, at now: Duration) -> [Effect] {
        guard case .command(let report, _) = steps.first else { return [] }
        switch status?.lastResult {
        case 0: return advance(at: now)
        // A pad that resets itself answers no more.
        case nil where steps.first == .softReset: return advance(at: now)
        case nil, STUStatus.wrongState:
            guard tries < Self.commandTries else { break }
            return rest(Self.commandInterval, in: .retrying(tries: tries + 1), at: now)
        default: break
        }
        return refuse(
            .protocolViolation, "report \(report[0]): result \(status.map { String($0.lastResult) } ?? "none")", at: now
        )
    }

    /// The first step cannot be done: skipped, replaced, or the end.
    private mutating func refuse(_ problem: DeviceError.Problem, _ detail: String, at now: Duration) -> [Effect] {
        switch steps.first {
        case .ask(_, isOptional: true), .command(_, isOptional: true): return advance(at: now)
        case .some(.clearScreen) where outcome != nil:
            steps.replaceSubrange(0..<1, with: STUStep.forcedClearing)
            return start(at: now)
        default:
            // While cleaning, one step that fails must not keep the others from being tried.
            return outcome == nil ? fail(problem, detail, at: now) : advance(at: now)
        }
    }

    private mutating func learn(_ report: [UInt8], at now: Duration) -> [Effect] {
        switch steps.first {
        case .ask(STUReportID.information, _):
            guard let told = STUInformation(report) else { return fail(.protocolViolation, "information", at: now) }
            model = told
        case .ask(STUReportID.capability, _):
            guard let told = STUCapability(report) else { return fail(.protocolViolation, "capability", at: now) }
            geometry = told.geometry
        case .ask(STUReportID.inkThreshold, _):
            threshold = InkThreshold(report, maximumPressure: geometry?.maximumPressure ?? 0) ?? .usual
        case .ask(STUReportID.serialNumber, _) where report.first == STUReportID.serialNumber:
            serial = STUInformation.text(report.dropFirst()) ?? serial
        default: break
        }
        return advance(at: now)
    }
}
