import EnrolmentCore

/// The PIN on its way to the card, and what card or reader say to it.
extension HolderSession {
    /// Gives the PIN to the card, or has the reader ask for it.
    mutating func givePIN() -> [Effect] {
        switch source {
        case .none: return fail(.violation(step))
        case .typed(let command):
            sendPIN(.pin)
            return [.transmitSecret(command)]
        case .pinpad(let language):
            let request =
                task == .changePIN ? PinpadRequest.modify(in: language) : PinpadRequest.verify(in: language)
            guard let way = pinpadWay else { return fail(.noPinpad) }
            sendPIN(.pinOnReader)
            switch way {
            case .direct(let code): return [.controlPerson(code, request)]
            case .twoSteps(let start, _): return [.controlPerson(start, request)]
            }
        }
    }

    /// The reader's answer: that it has begun to ask, its own trouble, or the card's status.
    mutating func pinTyped(_ answer: [UInt8]) -> [Effect] {
        if case .twoSteps(_, let finish)? = pinpadWay, step == .pinOnReader {
            step = .pin
            // Some readers tell their trouble at once.
            if answer.isEmpty || StatusWord(endOf: answer) == .success { return [.controlPerson(finish, [])] }
        }
        return pinAnswered(answer)
    }

    mutating func pinAnswered(_ answer: [UInt8]) -> [Effect] {
        guard let status = StatusWord(endOf: answer) else { return fail(.violation(step)) }
        guard status != .success else {
            if case .sign(let digest, let key) = task { return sign(digest, key) }
            return finish(.outcome(.done(.nothing)))
        }
        doubtNoMore()
        return pinRefused(status)
    }

    private mutating func pinRefused(_ status: StatusWord) -> [Effect] {
        let outcome: CardPINOutcome<Yield>
        switch (status, source) {
        case (.blocked, _): outcome = .blocked(unblocking)
        case (.timedOutOnReader, .pinpad): outcome = .timedOut
        case (.cancelledOnReader, .pinpad): outcome = .cancelled
        case (.newPINsDifferOnReader, .pinpad): outcome = .newPINsDiffer
        case (.lengthOnReader, .pinpad), (.wrongData, _): outcome = .badPIN
        case (.unknownReference, _): outcome = .noKey
        case (.wrongPIN, _): outcome = .wrongPIN(triesLeft: nil)
        default:
            if let left = status.triesLeft {
                outcome = left == 0 ? .blocked(unblocking) : .wrongPIN(triesLeft: left)
            } else if status.tellsOfActivation {
                outcome = .notActivated
            } else {
                return fail(.refused(.pin, status))
            }
        }
        return finish(.outcome(outcome))
    }

    private var unblocking: CardUnblocking { CardUnblocking(appletVersion: card?.appletVersion ?? 0) }
}
