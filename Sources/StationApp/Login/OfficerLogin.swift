package import EnrolmentCore

/// An officer's login by card: a state, what happens, what to do about it; without a clock, a card or a
/// disk.
///
/// What costs nothing comes first: the list before the card, the card's holder on the list before the PIN,
/// the tries left before one is used. After the first PIN every way out makes the card forget it.
package struct OfficerLogin: Sendable {
    package enum Event: Sendable {
        case began(RosterStanding)
        case card(CardReading, OfficerCertificate)
        case noCard(CaptureRetry)
        case pinState(CardPINOutcome<CardPINState>)
        /// - Parameter digest: of a new challenge, each time.
        case pin(CardPINEntry, CardDigest)
        case signed(CardPINOutcome<CardSignature>)
        /// Whether the signature is the certificate's.
        case checked(Bool, at: Timestamp)
        case deviceFailed(DeviceError)
        case cancelled
    }

    package enum Effect: Sendable {
        case readCard
        case askPINState(chip: [UInt8])
        case askPIN(CardPINState, wrongBefore: Bool)
        case sign(CardDigest, chip: [UInt8], CardPINEntry)
        case check(CardSignature)
        /// Make the card forget the PIN.
        case forgetPIN(chip: [UInt8])
        /// - Parameter asking: the card whose certificate the next synchronisation asks about.
        case admit(LoginSession, asking: CardReading)
        /// - Parameter officer: who it was, when they are on the list.
        case refuse(FailureReport, officer: OfficerID?)
    }

    /// Whose card it is.
    private struct Candidate: Sendable {
        let officer: RosterOfficer
        let roster: OfficerRoster
        let reading: CardReading
        let certificate: OfficerCertificate
        var pin: CardPINState?

        var chip: [UInt8] { reading.chipNumber }
    }

    private enum State: Sendable {
        case idle
        case reading(OfficerRoster)
        case askingState(Candidate)
        case waitingForPIN(Candidate)
        case signing(Candidate)
        case checking(Candidate)
        case ended
    }

    private var state = State.idle

    package init() {}

    /// Whether a PIN would be of use now.
    package var isWaitingForPIN: Bool {
        if case .waitingForPIN = state { return true }
        return false
    }

    /// Whose card it is by the list, before and after it is proven; nil when nobody's is there.
    package var officer: OfficerID? { candidate?.officer.id }

    /// What is to be done; an event that does not belong to the state, since it is late, does nothing.
    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.idle, .began(let standing)): return begin(standing)
        case (.reading(let roster), .card(let reading, let certificate)): return take(reading, certificate, by: roster)
        case (.reading, .noCard(let retry)): return refuse(.person(retry))
        case (.askingState(let candidate), .pinState(let outcome)): return take(outcome, of: candidate)
        case (.waitingForPIN(let candidate), .pin(let entry, let digest)):
            state = .signing(candidate)
            return [.sign(digest, chip: candidate.chip, entry)]
        case (.signing(let candidate), .signed(let outcome)): return take(outcome, of: candidate)
        case (.checking(let candidate), .checked(let isRight, let time)):
            return isRight ? admit(candidate, at: time) : refuse(.login(.cardNotProven), "signature")
        case (.ended, _), (.idle, _): return []
        case (_, .deviceFailed(let error)): return refuse(FailureReport(error, kept: .draft))
        case (_, .cancelled):
            let cleaning = cleaning
            state = .ended
            return cleaning
        default: return []
        }
    }

    private mutating func begin(_ standing: RosterStanding) -> [Effect] {
        switch standing {
        case .valid(let roster):
            state = .reading(roster)
            return [.readCard]
        case .none: return refuse(.login(.rosterExpired), "no list")
        case .expired(let version): return refuse(.login(.rosterExpired), "version \(version)")
        case .unusable(let why): return refuse(.login(.rosterExpired), why)
        }
    }

    private mutating func take(
        _ reading: CardReading, _ certificate: OfficerCertificate, by roster: OfficerRoster
    ) -> [Effect] {
        guard let number = certificate.nationalNumber, number == reading.identity.nationalNumber else {
            return refuse(.login(.cardNotProven), "the certificate is not the card's")
        }
        guard let officer = roster.officers.first(where: { $0.nationalNumber == number }) else {
            return refuse(.login(.notOnRoster), "version \(roster.version)")
        }
        guard certificate.verdict.isProven else {
            return end(
                FailureReport(.login(.cardNotProven), detail: certificate.verdict.rawValue, kept: .draft),
                officer: officer.id)
        }
        let candidate = Candidate(officer: officer, roster: roster, reading: reading, certificate: certificate)
        state = .askingState(candidate)
        return [.askPINState(chip: candidate.chip)]
    }

    private mutating func take(
        _ outcome: CardPINOutcome<CardPINState>, of candidate: Candidate
    ) -> [Effect] {
        guard case .done(let pin) = outcome else { return refuse(outcome.failure) }
        guard !pin.isBlocked else { return refuse(.login(.pinBlocked), pin.unblocking.rawValue) }
        return ask(candidate, pin, wrongBefore: false)
    }

    private mutating func ask(_ candidate: Candidate, _ pin: CardPINState, wrongBefore: Bool) -> [Effect] {
        var candidate = candidate
        candidate.pin = pin
        state = .waitingForPIN(candidate)
        return [.askPIN(pin, wrongBefore: wrongBefore)]
    }

    private mutating func askAgain(
        _ candidate: Candidate, _ pin: CardPINState, triesLeft: Int?, wrongBefore: Bool
    ) -> [Effect] {
        guard triesLeft != 0 else { return refuse(.login(.pinBlocked), pin.unblocking.rawValue) }
        let now = CardPINState(triesLeft: triesLeft, appletVersion: pin.appletVersion, hasPinpad: pin.hasPinpad)
        return ask(candidate, now, wrongBefore: wrongBefore)
    }

    private mutating func take(
        _ outcome: CardPINOutcome<CardSignature>, of candidate: Candidate
    ) -> [Effect] {
        guard let pin = candidate.pin else { return refuse(.login(.cardNotProven), "no PIN state") }
        switch outcome {
        case .done(let signature):
            state = .checking(candidate)
            return [.check(signature)]
        case .wrongPIN(let left): return askAgain(candidate, pin, triesLeft: left, wrongBefore: true)
        // Whether a try was used is told by the tries that are left.
        case .interrupted(let left): return askAgain(candidate, pin, triesLeft: left, wrongBefore: false)
        case .badPIN, .cancelled, .timedOut: return ask(candidate, pin, wrongBefore: false)
        default: return refuse(outcome.failure)
        }
    }

    private mutating func admit(_ candidate: Candidate, at time: Timestamp) -> [Effect] {
        let isChecked = candidate.certificate.verdict == .proven
        let session = LoginSession(
            officer: Officer(id: candidate.officer.id, proof: .card), rosterVersion: candidate.roster.version,
            revocation: isChecked ? .notRevoked : .notChecked,
            certificateValidUntil: candidate.certificate.validUntil, at: time)
        // Asked about every time: a certificate that was good yesterday may be revoked today.
        let effects = cleaning + [.admit(session, asking: candidate.reading)]
        state = .ended
        return effects
    }

    private mutating func refuse(_ code: FailureCode, _ detail: String = "") -> [Effect] {
        refuse(FailureReport(code, detail: detail, kept: .draft))
    }

    private mutating func refuse(_ report: FailureReport) -> [Effect] {
        end(report, officer: candidate?.officer.id)
    }

    private mutating func end(_ report: FailureReport, officer: OfficerID?) -> [Effect] {
        let effects = cleaning + [.refuse(report, officer: officer)]
        state = .ended
        return effects
    }

    private var candidate: Candidate? {
        switch state {
        case .askingState(let candidate), .waitingForPIN(let candidate), .signing(let candidate),
            .checking(let candidate):
            candidate
        case .idle, .reading, .ended: nil
        }
    }

    /// A card that was never given a PIN has none to forget; forgetting once too often is harmless.
    private var cleaning: [Effect] {
        switch state {
        case .waitingForPIN, .signing, .checking: candidate.map { [.forgetPIN(chip: $0.chip)] } ?? []
        case .idle, .reading, .askingState, .ended: []
        }
    }
}

extension CardPINOutcome {
    /// Why nobody is let in, for an outcome that is not `done`.
    var failure: FailureReport {
        switch self {
        case .wrongPIN(let left):
            FailureReport(.login(.wrongPIN), detail: left.map { "tries left \($0)" } ?? "", kept: .draft)
        case .blocked(let unblocking):
            FailureReport(.login(.pinBlocked), detail: unblocking.rawValue, kept: .draft)
        case .badPIN: FailureReport(.login(.wrongPIN), detail: "not four to twelve digits", kept: .draft)
        case .notActivated: FailureReport(.person(.cardNotActivated), kept: .draft)
        case .noKey: FailureReport(.login(.cardNotProven), detail: "no authentication key", kept: .draft)
        case .noCard, .cancelled, .timedOut: FailureReport(.person(.noCard), kept: .draft)
        case .removed, .interrupted, .otherCard: FailureReport(.person(.cardRemoved), kept: .draft)
        case .done, .newPINsDiffer:
            FailureReport(DeviceError(.cardReader, .protocolViolation, "PIN outcome"), kept: .draft)
        }
    }
}
