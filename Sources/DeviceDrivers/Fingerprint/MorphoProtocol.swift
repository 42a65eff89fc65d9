package import DeviceTransport
package import EnrolmentCore

/// One session with a MorphoSmart module, as a value: what happened goes in, what to do comes out.
///
/// It holds no clock and does no I/O. Whoever performs the effects feeds each result back as one event, in
/// the order in which the device gave them. After the `finish` effect nothing is under way and further
/// events have no effect.
///
/// A read is under way throughout, since a module talks while a command runs, and at most one write. Before
/// each command the module is told to stop what it does, and what it still had to say is let pass; otherwise
/// a command that an earlier session left behind would make it refuse everything.
package struct MorphoProtocol: Sendable {
    /// What the session is for.
    package enum Purpose: Hashable, Sendable {
        case description
        /// Pictures of one finger, which may take so long to come.
        case picture(Trigger, within: Duration)
    }

    /// When a session has the picture that it came for.
    package enum Trigger: Hashable, Sendable {
        case firstPicture
        /// With one that is judged good, or after so many.
        case series(atMost: Int)
    }

    package enum Event: Sendable {
        case begin
        case writeEnded(Result<[UInt8], TransportError>)
        case readEnded(Result<[UInt8], TransportError>)
        /// What came of the `judge` effect.
        case judged(score: Int, isGood: Bool)
        /// Someone wants the next picture, whatever it is like. The module itself decides when it takes one:
        /// it has no command for that.
        case triggered
        /// The timer that was started last has run out.
        case timeElapsed
        /// The person or the program no longer wants the picture.
        case cancelled
    }

    package enum Effect: Hashable, Sendable {
        case write(MorphoCommand, within: Duration)
        /// Start a read of at most so many bytes, without a limit.
        case read(length: Int)
        case cancel(Transfer)
        case clearStall(Transfer)
        /// Look at this picture and say what it is worth.
        case judge(MorphoImage)
        /// Start the timer; one that runs already is replaced.
        case startTimer(Duration)
        case stopTimer
        case show(Stage)
        case finish(Outcome)
    }

    /// The transfers that may be under way at once.
    package enum Transfer: Hashable, Sendable, CaseIterable {
        case write, read
    }

    /// What the person should see.
    package enum Stage: Hashable, Sendable {
        case placeFinger
        case hint(MorphoHint)
        case preview(MorphoImage)
    }

    package enum Outcome: Hashable, Sendable {
        case description(MorphoDescription)
        /// The best one, and whether someone asked for it.
        case picture(MorphoImage, FingerAttempt.Trigger)
        case retry(CaptureRetry)
        case failed(DeviceError.Problem, detail: String)
    }

    /// How long each wait may take. Nothing of it was measured on a module.
    package struct Limits: Hashable, Sendable {
        package var write: Duration = .seconds(5)
        /// Without a byte for so long a module has nothing left to say of what was cancelled.
        package var quiet: Duration = .milliseconds(100)
        /// The same, for a module that has refused a command as busy: it takes its time to stop.
        package var quietWhenBusy: Duration = .milliseconds(500)
        /// For the finger of a second picture and further ones: there is a picture already.
        package var nextFinger: Duration = .seconds(5)
        /// For an answer that waits for nobody any more.
        package var answer: Duration = .seconds(5)
        /// For each step of the clean-up, so that even a mute device is released soon.
        package var cleanUp: Duration = .seconds(1)

        package init() {}
    }

    /// What the machine waits for.
    enum Step: Hashable, Sendable {
        case idle
        case cancelling, fallingSilent
        case commanding, awaitingAnswer, judging
        case stopping, lastCancelling, settling, draining, finished
    }

    /// How often a command is given in all when the module is busy, or did not understand, or says nothing.
    static let mostTries = 3
    /// How many reads may bring what is left of an earlier command.
    static let mostLeftOvers = 64
    static let mostFailedReads = 3

    let purpose: Purpose
    let limits: Limits

    var step = Step.idle
    var underWay: Set<Transfer> = []
    var frames = MorphoFrameReader()
    var failedReads = 0

    // The command
    var tries = 0
    var leftOvers = 0
    /// Cancels that may still make an earlier command answer that it was aborted.
    var openCancels = 0

    // The finger
    var hint: MorphoHint?
    var wasFingerSeen = false
    var lastImage: MorphoImage?

    // The series
    var isTriggered = false
    var pictures = 0
    var underJudgement: MorphoImage?
    var best: (image: MorphoImage, score: Int)?

    /// What will be reported once the clean-up is done.
    var outcome: Outcome?

    package init(_ purpose: Purpose, limits: Limits = Limits()) {
        self.purpose = purpose
        self.limits = limits
    }

    package var isFinished: Bool { step == .finished }

    package mutating func handle(_ event: Event) -> [Effect] {
        guard step != .finished else { return [] }
        switch event {
        case .begin: return step == .idle ? [read()] + giveCommand() : []
        case .writeEnded(let result):
            guard underWay.remove(.write) != nil else { return [] }
            return isCleaningUp ? cleanUpWriteEnded(result) : writeEnded(result)
        case .readEnded(let result):
            guard underWay.remove(.read) != nil else { return [] }
            return isCleaningUp ? cleanUpReadEnded(result) : readEnded(result)
        case .judged(let score, let isGood): return judged(score: score, isGood: isGood)
        case .triggered:
            isTriggered = true
            return []
        case .timeElapsed: return timeElapsed()
        case .cancelled: return stop(.failed(.cancelled, detail: ""))
        }
    }

    private mutating func writeEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        if case .failure(let error) = result {
            guard error.isPassing else { return fail(error) }
            return (error.reason == .stalled ? [.clearStall(.write)] : [])
                + tryAgain(.failed(error.scannerProblem, detail: error.technicalText))
        }
        switch step {
        case .cancelling:
            step = .fallingSilent
            return [.startTimer(tries == 0 ? limits.quiet : limits.quietWhenBusy)]
        case .commanding:
            step = .awaitingAnswer
            return [.startTimer(answerLimit)] + wordsWhenAwaited() + understand()
        default: return []
        }
    }

    private mutating func readEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        switch result {
        case .failure(let error):
            failedReads += 1
            guard error.isPassing, failedReads <= Self.mostFailedReads else { return fail(error) }
            return (error.reason == .stalled ? [.clearStall(.read)] : []) + [read()]
        case .success(let bytes):
            failedReads = 0
            frames.append(bytes)
            switch step {
            case .cancelling, .fallingSilent: return letPass()
            case .awaitingAnswer:
                let effects = understand()
                // As long as there is something to wait for, the next read comes before anything else.
                return step == .draining || step == .finished ? effects : [read()] + effects
            default: return [read()]
            }
        }
    }

    private mutating func timeElapsed() -> [Effect] {
        switch step {
        case .fallingSilent: return command()
        case .awaitingAnswer: return answerDidNotCome()
        case .settling: return drain()
        case .draining: return finish()
        default: return []
        }
    }
}

extension MorphoProtocol {
    mutating func read() -> Effect {
        underWay.insert(.read)
        return .read(length: frames.wanted)
    }

    mutating func write(_ command: MorphoCommand, then next: Step) -> Effect {
        underWay.insert(.write)
        step = next
        return .write(command, within: next == .lastCancelling ? limits.cleanUp : limits.write)
    }
}
