import EnrolmentCore
import TerminalKit

/// The screen at which a kit is opened, at the start of the program and after the lock key: one component for both.
///
/// It holds no secret of its own: what is typed goes straight into memory that whoever opens the kit lends it.
struct UnlockScreen: Hashable, Sendable {
    enum Way: Hashable, Sendable { case card, passphrase }

    let offer: UnlockOffer
    private(set) var view: LoginView
    private(set) var way: Way
    private(set) var tries: PassphraseTries?
    /// Why the passphrase before was not taken, above the next one.
    private(set) var problem: FailureReport?
    /// Whether the passphrase before was all in capital letters. Said only of one that was wrong.
    private(set) var wasInCapitals = false

    init(_ offer: UnlockOffer) {
        self.offer = offer
        way = offer.byCard ? .card : .passphrase
        view = offer.byCard ? .waiting : .checking
    }

    /// What to ask for when it comes up.
    var firstWish: LoginWish { way == .card ? .begin : .wantPassphrase }

    // MARK: - Keys

    /// - Parameter now: by which a wait is over; nil when the time is not known, and then it is tried.
    /// - Returns: `cancel` when the officer leaves this screen.
    mutating func press(_ key: Key, at now: Timestamp?) -> [LoginWish] {
        // There is nothing to hide at the start, and hiding it is not leaving.
        if offer.isStart, StationModel.lockKeys.contains(key) { return [] }
        if key == "escape" || key == "ctrl+c" || StationModel.lockKeys.contains(key) {
            wipe()
            return [.cancel]
        }
        if key == "f5" { return otherWay() }
        switch view {
        case .waiting, .reading, .pinpad, .checking: return []
        case .refused: return key == "enter" ? again(at: now) : []
        case .pin(let state, let entry, _): return pressPIN(key, state, entry)
        case .passphrase(let officer, let entry, let isTypingIt):
            return isTypingIt ? pressPassphrase(key, of: OfficerID(officer), entry) : pressOfficer(key, officer, entry)
        case .kitPassphrase(let entry): return pressPassphrase(key, of: nil, entry)
        }
    }

    /// Whether F5 does something now.
    var canChangeWay: Bool {
        guard offer.byCard else { return false }
        return switch view {
        // What runs on the card or in the chip cannot be taken back.
        case .pinpad, .checking: false
        case .waiting, .reading, .pin, .passphrase, .kitPassphrase, .refused: true
        }
    }

    private mutating func otherWay() -> [LoginWish] {
        guard canChangeWay else { return [] }
        wipe()
        (problem, tries) = (nil, nil)
        if way == .card {
            way = .passphrase
            view = .checking
            return [.wantPassphrase]
        }
        way = .card
        view = .waiting
        return [.begin]
    }

    private mutating func again(at now: Timestamp?) -> [LoginWish] {
        guard way == .passphrase else {
            view = .waiting
            return [.begin]
        }
        if let now, isWaiting(at: now) { return [] }
        problem = nil
        view = .checking
        return [.wantPassphrase]
    }

    func isWaiting(at now: Timestamp) -> Bool { tries?.waitUntil.map { $0 > now } ?? false }

    /// A PIN has four to twelve digits.
    private static let pinLengths = 4...12

    private mutating func pressPIN(_ key: Key, _ state: CardPINState, _ entry: SecretBytes) -> [LoginWish] {
        switch key {
        case "f6" where state.hasPinpad:
            entry.wipe()
            view = .pinpad
            return [.pinpad]
        case "enter" where Self.pinLengths.contains(entry.count):
            view = .checking
            return [.pin(entry)]
        case "enter": return []
        case "backspace": entry.removeLast()
        default:
            if let digit = key.digit, entry.count < Self.pinLengths.upperBound { entry.append(digit) }
        }
        return []
    }

    private mutating func pressOfficer(_ key: Key, _ officer: String, _ entry: SecretBytes) -> [LoginWish] {
        var officer = officer
        switch key {
        case "enter" where !officer.isEmpty, "tab" where !officer.isEmpty:
            view = .passphrase(officer: officer, entry, isTypingIt: true)
            return []
        case "backspace": if !officer.isEmpty { officer.removeLast() }
        default:
            // What a staff number is made of. It shows: of a passphrase that is typed here by mistake, the rest of it.
            if let character = key.character, officer.count < 40,
                character.isASCII, character.isLetter || character.isNumber || "-_".contains(character)
            {
                officer.append(character)
            }
        }
        view = .passphrase(officer: officer, entry, isTypingIt: false)
        return []
    }

    private mutating func pressPassphrase(_ key: Key, of officer: OfficerID?, _ entry: SecretBytes) -> [LoginWish] {
        switch key {
        case "enter" where !entry.isEmpty:
            wasInCapitals = entry.isInCapitals
            problem = nil
            view = .checking
            return [.passphrase(officer, entry)]
        case "backspace": entry.removeCharacter()
        default: if let character = key.character { entry.append(character) }
        }
        return []
    }

    /// Forgets what was typed.
    mutating func wipe() {
        switch view {
        case .pin(_, let entry, _), .passphrase(_, let entry, _), .kitPassphrase(let entry): entry.wipe()
        case .waiting, .reading, .pinpad, .checking, .refused: break
        }
    }

    // MARK: - News

    /// - Returns: what is asked for at once: after a wrong passphrase of the kit that is the next.
    mutating func take(_ news: LoginNews) -> [LoginWish] {
        switch news {
        case .insertCard: view = .waiting
        case .reading: view = .reading
        case .askPIN(let state, let entry, let wrongBefore):
            view = .pin(state, entry, wrongBefore: wrongBefore)
        case .askPassphrase(let entry) where offer.passphrase == .ofKit: view = .kitPassphrase(entry)
        case .askPassphrase(let entry):
            // Whose number is typed now is not known: what the one before has left is not theirs.
            tries = nil
            view = .passphrase(officer: "", entry, isTypingIt: false)
        case .usePinpad: view = .pinpad
        case .checking: view = .checking
        case .refused(let report): return refuse(report)
        case .tries(let tries): self.tries = tries
        case .done, .reader: break
        }
        return []
    }

    private mutating func refuse(_ report: FailureReport) -> [LoginWish] {
        let isWrong = [.store(.wrongPassphrase), .login(.wrongPassphrase)].contains(report.code)
        wasInCapitals = isWrong && wasInCapitals
        guard way == .passphrase, report.code == .store(.wrongPassphrase), tries?.waitUntil == nil else {
            view = .refused(report)
            return []
        }
        problem = report
        view = .checking
        return [.wantPassphrase]
    }
}

extension SecretBytes {
    /// Whether it has several letters of ASCII, and no small one: as with Caps Lock on.
    fileprivate var isInCapitals: Bool {
        withBytes { bytes in
            let capitals = bytes.count { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
            return capitals > 2 && !bytes.contains { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        }
    }
}

extension Key {
    /// The ASCII digit that the key types, if it does.
    var digit: UInt8? {
        guard let value = character?.asciiValue, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(value) else {
            return nil
        }
        return value
    }
}

extension SecretBytes {
    /// Adds a character as UTF-8.
    func append(_ character: Character) { for byte in character.utf8 { append(byte) } }
}
