import CardProof
import DeviceDrivers
package import EnrolmentCore

/// How a kit is opened by an officer's card: what it is done with, and who is asked for the PIN.
package struct CardUnlock: Sendable {
    package enum Progress: Hashable, Sendable {
        case insertCard, reading, usePinpad, opening
    }

    /// What is known when the PIN is asked for.
    package struct Question: Sendable {
        package let state: CardPINState
        package let wrongBefore: Bool
        /// Whether nothing was given before; what is no PIN at all is asked for again too.
        package let isFirst: Bool
    }

    /// Nil to give up.
    package typealias PINSource = @Sendable (Question) async throws(FailureReport) -> CardPINEntry?

    let reader: any KitCardReading
    /// How long a card is waited for.
    let patience: Duration
    let telling: @Sendable (Progress) -> Void
    let pin: PINSource

    package init(
        reader: any KitCardReading, patience: Duration, telling: @escaping @Sendable (Progress) -> Void = { _ in },
        pin: @escaping PINSource
    ) {
        self.reader = reader
        self.patience = patience
        self.telling = telling
        self.pin = pin
    }

    /// Whose card it is and what proves it; an officer's face and address are nobody's business here.
    private static let plan = CardReadingPlan([.authenticationCertificate, .caCertificate, .rootCertificate])

    /// - Throws: `person.…` when no card was put in; `login.cardNotProven` for one without a key that can be used.
    func readCard() async throws(FailureReport) -> (reading: CardReading, key: CardKey) {
        telling(.insertCard)
        let outcome = try await device { () throws(DeviceError) in
            try await reader.readCard(Self.plan, within: patience) { [telling] progress in
                if progress != .insertCard { telling(.reading) }
            }
        }
        switch outcome {
        case .retry(let retry): throw FailureReport(.person(retry), kept: .draft)
        case .captured(let reading):
            guard let key = CardKey(certificate: reading.files[.authenticationCertificate] ?? []) else {
                throw FailureReport(.login(.cardNotProven), detail: "no key of a known kind", kept: .draft)
            }
            return (reading, key)
        }
    }

    /// Has the card sign, after its PIN: asked for again after a wrong one, as long as somebody gives one.
    ///
    /// - Returns: the signature, and what was known of the PIN before it.
    func sign(
        _ digest: CardDigest, by chip: [UInt8]
    ) async throws(FailureReport) -> (signature: CardSignature, state: CardPINState) {
        var question = try await firstQuestion(of: chip)
        while true {
            guard let entry = try await pin(question) else {
                let left = question.state.triesLeft.map { "tries left \($0)" } ?? ""
                throw question.wrongBefore
                    ? FailureReport(.login(.wrongPIN), detail: left, kept: .draft)
                    : FailureReport(.login(.needed), detail: "given up", kept: .draft)
            }
            telling(entry == .pinpad ? .usePinpad : .opening)
            let outcome = try await device { () throws(DeviceError) in
                try await reader.sign(digest, with: .authentication, of: chip, pin: entry)
            }
            switch outcome {
            case .done(let signature): return (signature, question.state)
            case .wrongPIN(let left): question = question.again(triesLeft: left, wrongBefore: true)
            // Whether a try was used is told by the tries that are left.
            case .interrupted(let left): question = question.again(triesLeft: left, wrongBefore: false)
            case .badPIN, .cancelled, .timedOut:
                question = question.again(triesLeft: question.state.triesLeft, wrongBefore: false)
            default: throw outcome.failure
            }
        }
    }

    private func firstQuestion(of chip: [UInt8]) async throws(FailureReport) -> Question {
        let outcome = try await device { () throws(DeviceError) in try await reader.pinState(of: chip) }
        guard case .done(let state) = outcome else { throw outcome.failure }
        guard !state.isBlocked else {
            throw FailureReport(.login(.pinBlocked), detail: state.unblocking.rawValue, kept: .draft)
        }
        return Question(state: state, wrongBefore: false, isFirst: true)
    }

    private func device<Value>(
        _ body: () async throws(DeviceError) -> Value
    ) async throws(FailureReport) -> Value {
        do throws(DeviceError) {
            return try await body()
        } catch {
            throw FailureReport(error, kept: .draft)
        }
    }
}

extension CardUnlock.Question {
    fileprivate func again(triesLeft: Int?, wrongBefore: Bool) -> CardUnlock.Question {
        CardUnlock.Question(
            state: CardPINState(
                triesLeft: triesLeft, appletVersion: state.appletVersion, hasPinpad: state.hasPinpad),
            wrongBefore: wrongBefore, isFirst: false)
    }
}
