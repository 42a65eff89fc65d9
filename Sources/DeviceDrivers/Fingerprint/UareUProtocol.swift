package import DeviceTransport
package import EnrolmentCore

/// One capture with a U.are.U scanner, as a value: what happened goes in, what to do comes out.
///
/// It holds no clock and does no I/O. Whoever performs the effects feeds each result back as one
/// event, in the order in which the device gave them. After the `finish` effect nothing is under way
/// and further events have no effect.
///
/// At most one control transfer runs at a time, a message transfer stays pending throughout, and a
/// picture transfer joins them during the capture.
package struct UareUProtocol: Sendable {
    package enum Event: Sendable {
        case begin
        case controlEnded(Result<[UInt8], TransportError>)
        case messageEnded(Result<[UInt8], TransportError>)
        case pictureEnded(Result<[UInt8], TransportError>)
        /// What came of the `judge` effect.
        case frameJudged(Judgement)
        /// Someone wants the picture now, whatever it is like.
        case triggered
        /// The timer that was started last has run out.
        case timeElapsed
        /// The person or the program no longer wants the picture.
        case cancelled
    }

    package enum Effect: Hashable, Sendable {
        case read(UareURegister, count: Int, within: Duration)
        case write(UareURegister, [UInt8], within: Duration)
        /// Start a transfer of 64 bytes from the interrupt endpoint, without a limit.
        case awaitMessage
        /// Start a transfer of the longest packet from the bulk endpoint, without a limit.
        case awaitPicture
        case cancel(Transfer)
        case clearStall(Transfer)
        /// Look at this picture, shaped as in `Outcome.picture`, and say what it is worth.
        case judge([UInt8])
        /// Start the timer; one that runs already is replaced.
        case startTimer(Duration)
        case stopTimer
        case show(Stage)
        case finish(Outcome)
    }

    /// The transfers that may be under way at once.
    package enum Transfer: Hashable, Sendable, CaseIterable {
        case control, message, picture
    }

    /// What the person should see.
    package enum Stage: Hashable, Sendable {
        case placeFinger, reading, liftFinger
    }

    package enum Outcome: Hashable, Sendable {
        /// `UareUPacket.rows` lines of `UareUPacket.columns`, in the scanner's orientation, ridges bright, and
        /// whether someone asked for this very one.
        case picture([UInt8], FingerAttempt.Trigger)
        case retry(CaptureRetry)
        case failed(DeviceError.Problem, detail: String)
        /// The bus failed before there was a picture. All of it may be tried again from the opening on: a
        /// laptop that slept, and a hub that lost its power, leave a scanner that is there again.
        case lost(TransportError)
    }

    /// When the session has what it came for.
    package enum Trigger: Hashable, Sendable {
        /// With the first whole picture.
        case firstPicture
        /// With a picture that is judged good, or after so many of them.
        case series(atMost: Int)
    }

    /// What one picture of a series is worth.
    package struct Judgement: Hashable, Sendable {
        package let score: Int
        package let isGood: Bool
        /// Next to no finger is in it, so the finger has left.
        package let isEmpty: Bool

        package init(score: Int, isGood: Bool, isEmpty: Bool) {
            self.score = score
            self.isGood = isGood
            self.isEmpty = isEmpty
        }
    }

    /// How long each wait may take. The figures are libfprint's experience and recordings of devices.
    package struct Limits: Hashable, Sendable {
        /// A register is read in less than a millisecond.
        package var control: Duration = .seconds(2)
        /// Until the scanner says that its power is on; 0.3 ms and 13 ms were recorded.
        package var powerMessage: Duration = .milliseconds(300)
        package var pause: Duration = .milliseconds(10)
        /// Until the finger is on the glass.
        package var fingerOn: Duration = .seconds(30)
        /// From the capture command to the whole picture; 134 ms was recorded. The command is repeated then.
        package var picture: Duration = .seconds(1)
        package var fingerOff: Duration = .seconds(15)
        /// For each step of the clean-up, so that even a mute device is released soon.
        package var cleanUp: Duration = .seconds(1)

        package init() {}
    }

    /// What the machine waits for.
    enum Step: Hashable, Sendable {
        case idle
        case readingStatus, restarting, checkingRestart, pausingRestart
        case switchingPowerOff, switchingPowerOn, checkingPower, pausingPower
        case readingChallenge, answeringChallenge
        case awaitingPowerMessage, readingInformation
        case askingForFinger, awaitingFinger
        case askingForPicture, awaitingPicture
        case sendingSeed, readingKey, judging
        case askingForLift, awaitingLift
        case stopping, switchingOff, draining, finished
    }

    let limits: Limits
    let wantsChallengeResponse: Bool
    let trigger: Trigger
    var seeds: UareUKeySeeds

    var step = Step.idle
    var underWay: Set<Transfer> = []

    // Power-up
    var status = UareUStatus(0)
    /// Within one round, and rounds.
    var powerTries = 0
    var powerRounds = 0
    var isPowerOn = false
    var messageFailures = 0

    // Capture
    var isFingerOn = false
    var isFingerOff = false
    var willPictureFail = false
    var hasPoweredAgain = false
    var pictureTries = 0
    var earlyPicture: Result<[UInt8], TransportError>?
    var decoder: UareUDecoder?
    var seed: UInt32 = 0

    // Series
    var frames = 0
    var best: (picture: [UInt8], score: Int)?
    var underJudgement: [UInt8] = []
    /// Someone asked for the picture, and did so before the scanner saw a finger.
    var isTriggered = false
    var isForced = false

    // Clean-up
    var hasSwitchedOffAgain = false
    /// What will be reported once the clean-up is done.
    var outcome: Outcome?

    package init(
        wantsChallengeResponse: Bool, trigger: Trigger = .firstPicture, limits: Limits = Limits(),
        seeds: UareUKeySeeds = .random
    ) {
        self.wantsChallengeResponse = wantsChallengeResponse
        self.trigger = trigger
        self.limits = limits
        self.seeds = seeds
    }

    package var isFinished: Bool { step == .finished }

    package mutating func handle(_ event: Event) -> [Effect] {
        guard step != .finished else { return [] }
        switch event {
        case .begin: return step == .idle ? begin() : []
        case .controlEnded(let result):
            guard underWay.remove(.control) != nil else { return [] }
            return controlEnded(result)
        case .messageEnded(let result):
            guard underWay.remove(.message) != nil else { return [] }
            return messageEnded(result)
        case .pictureEnded(let result):
            guard underWay.remove(.picture) != nil else { return [] }
            return pictureEnded(result)
        case .frameJudged(let judgement): return frameJudged(judgement)
        case .triggered: return triggered()
        case .timeElapsed: return timeElapsed()
        case .cancelled: return stop(.failed(.cancelled, detail: ""))
        }
    }

    private mutating func begin() -> [Effect] {
        // Before anything else: the power message can come before the first register is read.
        [awaitMessage(), read(.status, then: .readingStatus)]
    }

    private mutating func controlEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        if step == .stopping { return switchOff(after: result) }
        if step == .switchingOff { return switchedOff(result) }
        if step == .draining { return drain() }
        switch result {
        case .failure(let error):
            // What it says of itself is only for the record.
            return step == .readingInformation && error.isPassing ? askForFinger() : fail(error)
        case .success(let bytes): return isPoweringUp ? powerStepEnded(bytes) : captureStepEnded(bytes)
        }
    }

    private mutating func messageEnded(_ result: Result<[UInt8], TransportError>) -> [Effect] {
        if isCleaningUp { return step == .draining ? drain() : [] }
        switch result {
        case .success(let bytes):
            // Again under way before its meaning is looked at, so that no message is missed.
            return [awaitMessage()] + message(UareUMessage(bytes: bytes))
        case .failure(let error):
            messageFailures += 1
            guard error.isPassing, messageFailures <= 3 else { return fail(error) }
            return (error.reason == .stalled ? [.clearStall(.message)] : []) + [awaitMessage()]
        }
    }

    private mutating func message(_ message: UareUMessage?) -> [Effect] {
        switch message {
        case .powerIsOn:
            isPowerOn = true
            return step == .awaitingPowerMessage ? powerIsUp() : []
        case .fingerOn:
            guard isForced || step == .askingForFinger || step == .awaitingFinger else { return [] }
            isFingerOn = true
            return step == .awaitingFinger ? takePicture() : []
        case .fingerOff:
            isFingerOff = isFingerOn
            return step == .awaitingLift ? fingerHasLeft() : []
        case .pictureWillFail:
            willPictureFail = true
            return []
        case nil: return []
        }
    }

    private mutating func timeElapsed() -> [Effect] {
        switch step {
        case .pausingRestart: return [read(.status, then: .checkingRestart)]
        case .pausingPower: return pauseBetweenPowerTriesIsOver()
        case .awaitingPowerMessage: return powerMessageDidNotCome()
        case .awaitingFinger: return stop(.retry(.noFinger))
        case .awaitingPicture: return pictureDidNotCome()
        case .awaitingLift: return stop(.retry(.liftFinger))
        case .draining: return finish()
        default: return []
        }
    }
}

extension UareUProtocol {
    mutating func awaitMessage() -> Effect {
        underWay.insert(.message)
        return .awaitMessage
    }

    mutating func read(_ register: UareURegister, count: Int = 1, then next: Step) -> Effect {
        underWay.insert(.control)
        step = next
        return .read(register, count: count, within: limits.control)
    }

    mutating func write(_ register: UareURegister, _ bytes: [UInt8], then next: Step) -> Effect {
        underWay.insert(.control)
        step = next
        return .write(register, bytes, within: next == .switchingOff ? limits.cleanUp : limits.control)
    }
}

extension TransportError {
    /// Whether the next transfer may well succeed. A transfer that was cancelled, and not by us, was taken
    /// away by the kernel, as at a reset of the bus.
    var isPassing: Bool {
        switch reason {
        case .stalled, .overflow, .inputOutput, .timedOut, .cancelled: true
        default: false
        }
    }

    var technicalText: String {
        detail.isEmpty ? reason.rawValue : "\(reason.rawValue) (\(detail))"
    }
}
