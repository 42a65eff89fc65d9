import EnrolmentCore
import TerminalKit

extension StationModel {
    /// A PIN has four to twelve digits.
    private static let pinLengths = 4...12

    /// The keys while the login is on the screen.
    mutating func press(_ key: Key, in view: LoginView) -> [StationEffect] {
        if key == "escape" || Self.lockKeys.contains(key) {
            lock = .blank
            return [.login(.cancel)]
        }
        switch view {
        case .waiting: return key == "f5" ? [.login(.wantPassphrase)] : []
        case .reading, .pinpad, .checking: return []
        case .refused:
            if key == "f5" { return [.login(.wantPassphrase)] }
            return key == "enter" ? beginLogin() : []
        case .pin(let state, let entry, _): return pressPIN(key, state, entry)
        case .passphrase(let officer, let entry, let isTypingIt):
            return isTypingIt ? pressPassphrase(key, officer, entry) : pressOfficer(key, officer, entry)
        }
    }

    mutating func beginLogin() -> [StationEffect] {
        lock = .login(.waiting)
        return [.login(.begin)]
    }

    mutating func take(_ news: LoginNews) {
        if case .done(let officer) = news {
            self.officer = officer
            lock = .open
        } else if let view = LoginView(news), case .login = lock {
            // News of a login that was cancelled is late.
            lock = .login(view)
        }
    }

    private mutating func pressPIN(_ key: Key, _ state: CardPINState, _ entry: SecretBytes) -> [StationEffect] {
        switch key {
        case "f6" where state.hasPinpad:
            entry.wipe()
            lock = .login(.pinpad)
            return [.login(.pinpad)]
        case "enter" where Self.pinLengths.contains(entry.count):
            lock = .login(.checking)
            return [.login(.pin(entry))]
        case "enter": return []
        case "backspace": entry.removeLast()
        default:
            if let digit = key.digit, entry.count < Self.pinLengths.upperBound { entry.append(digit) }
        }
        return []
    }

    private mutating func pressOfficer(_ key: Key, _ officer: String, _ entry: SecretBytes) -> [StationEffect] {
        var officer = officer
        switch key {
        case "enter" where !officer.isEmpty, "tab" where !officer.isEmpty:
            lock = .login(.passphrase(officer: officer, entry, isTypingIt: true))
            return []
        case "backspace": if !officer.isEmpty { officer.removeLast() }
        default:
            // A staff number only: a passphrase that is typed here by mistake does not show.
            if let character = key.character, officer.count < 40,
                character.isASCII, character.isLetter || character.isNumber || "-_".contains(character)
            {
                officer.append(character)
            }
        }
        lock = .login(.passphrase(officer: officer, entry, isTypingIt: false))
        return []
    }

    private mutating func pressPassphrase(_ key: Key, _ officer: String, _ entry: SecretBytes) -> [StationEffect] {
        switch key {
        case "enter" where !entry.isEmpty:
            lock = .login(.checking)
            return [.login(.passphrase(OfficerID(officer), entry))]
        case "backspace": entry.removeCharacter()
        default: if let character = key.character { entry.append(character) }
        }
        return []
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

    /// How many scalars of UTF-8 were typed.
    var characterCount: Int { withBytes { $0.count { $0 & 0xC0 != 0x80 } } }

    /// Takes the last scalar of UTF-8 away.
    func removeCharacter() {
        var isContinuation = true
        while isContinuation, !isEmpty {
            isContinuation = withBytes { ($0.last ?? 0) & 0xC0 == 0x80 }
            removeLast()
        }
    }
}
