import Glibc

/// Turns the bytes that a terminal sends into keys.
///
/// A value without clock: an escape by itself and the start of a sequence look the same until more
/// comes, so the caller says with `flush` that nothing came for a while. Sequences that mean no key
/// are dropped whole, never typed.
package struct KeyDecoder: Sendable {
    /// What is not decoded yet; bytes that are done with are zeroed, since they may be of a PIN.
    private(set) var pending: [UInt8] = []
    private let known: [[UInt8]: Key]
    private let longestKnown: Int

    /// The longest sequence that is waited for; more is noise.
    private static let longestSequence = 32

    /// - Parameter sequences: what this very terminal sends for its keys, for those that differ
    ///   from the usual.
    package init(sequences: [[UInt8]: Key] = [:]) {
        known = sequences.filter { $0.key.count > 1 }
        longestKnown = known.keys.map(\.count).max() ?? 0
    }

    /// Whether bytes wait for what follows.
    package var isWaiting: Bool { !pending.isEmpty }

    /// Takes bytes as they come.
    /// - Returns: the keys that are complete.
    package mutating func handle(_ bytes: some Sequence<UInt8>) -> [Key] {
        var keys: [Key] = []
        for byte in bytes {
            pending.append(byte)
            keys += decode()
        }
        return keys
    }

    /// Takes what waits for what it is by itself.
    package mutating func flush() -> [Key] {
        defer { discard(pending.count) }
        switch pending.count {
        case 0: return []
        case 1 where pending[0] == 0x1B: return ["escape"]
        case 2 where pending[0] == 0x1B && (0x21..<0x7F).contains(pending[1]):
            return [Key("alt+" + String(UnicodeScalar(pending[1])))]
        case 2 where pending == [0x1B, 0x1B]: return ["escape", "escape"]
        default: return []
        }
    }

    private mutating func decode() -> [Key] {
        var keys: [Key] = []
        while !pending.isEmpty {
            switch next() {
            case .wait: return keys
            case .key(let key, let count):
                keys.append(key)
                discard(count)
            case .drop(let count): discard(count)
            }
        }
        return keys
    }

    /// Takes the first bytes away, in place and without a trace of them.
    private mutating func discard(_ count: Int) {
        pending.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            memmove(base, base + count, bytes.count - count)
            explicit_bzero(base + (bytes.count - count), count)
        }
        pending.removeLast(count)
    }

    private enum Step {
        case wait
        case key(Key, Int)
        case drop(Int)
    }

    private func next() -> Step {
        if let key = known[pending] { return .key(key, pending.count) }
        if pending.count < longestKnown, known.keys.contains(where: { $0.starts(with: pending) }) { return .wait }
        return pending[0] == 0x1B ? afterEscape() : plain(from: 0)
    }

    private func afterEscape() -> Step {
        guard pending.count > 1 else { return .wait }
        switch pending[1] {
        case 0x1B: return .key("escape", 1)
        case UInt8(ascii: "["): return controlSequence()
        case UInt8(ascii: "O"): return singleShift()
        default:
            switch plain(from: 1) {
            case .key(let key, let count): return .key(Key("alt+" + key.name), count + 1)
            case .drop(let count): return .drop(count + 1)
            case .wait: return .wait
            }
        }
    }

    /// `ESC [ parameters final` (ECMA-48 5.4), and Linux's own `ESC [ [ A`.
    private func controlSequence() -> Step {
        guard pending.count > 2 else { return .wait }
        if pending[2] == UInt8(ascii: "[") {
            guard pending.count > 3 else { return .wait }
            let number = Int(pending[3]) - Int(UInt8(ascii: "A"))
            return (0..<5).contains(number) ? .key(Key("f\(number + 1)"), 4) : .drop(4)
        }
        guard let end = pending.indices.dropFirst(2).first(where: { !(0x20..<0x40).contains(pending[$0]) }) else {
            return pending.count > Self.longestSequence ? .drop(pending.count) : .wait
        }
        // A byte that cannot be in a sequence begins something new.
        guard (0x40..<0x7F).contains(pending[end]) else { return .drop(end) }
        guard let key = ControlSequence(parameters: pending[2..<end], final: pending[end]).key else {
            return .drop(end + 1)
        }
        return .key(key, end + 1)
    }

    /// `ESC O final`, with a modifier before the final byte on some terminals.
    private func singleShift() -> Step {
        guard pending.count > 2 else { return .wait }
        guard let end = pending.indices.dropFirst(2).first(where: { !(0x30..<0x3C).contains(pending[$0]) }) else {
            return pending.count > Self.longestSequence ? .drop(pending.count) : .wait
        }
        guard (0x40..<0x7F).contains(pending[end]) else { return .drop(end) }
        let parameters = end > 2 ? Array("1;".utf8) + pending[2..<end] : []
        guard let key = ControlSequence(parameters: parameters[...], final: pending[end]).key else {
            return .drop(end + 1)
        }
        return .key(key, end + 1)
    }

    /// A control character or a character in UTF-8.
    private func plain(from start: Int) -> Step {
        let first = pending[start]
        switch first {
        case 0x0A, 0x0D: return .key("enter", 1)
        case 0x09: return .key("tab", 1)
        case 0x08, 0x7F: return .key("backspace", 1)
        case 0x00: return .key("ctrl+space", 1)
        case 0x01...0x1A: return .key(Key("ctrl+" + String(UnicodeScalar(first + 0x60))), 1)
        case 0x1B: return .drop(1)
        case 0x1C...0x1F: return .key(Key("ctrl+" + String(UnicodeScalar(first + 0x40))), 1)
        case 0x20: return .key("space", 1)
        case 0x21..<0x7F: return .key(Key(String(UnicodeScalar(first))), 1)
        default: return character(from: start)
        }
    }

    private func character(from start: Int) -> Step {
        let length: Int
        switch pending[start] {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return .drop(1)
        }
        let bytes = pending[start...].prefix(length)
        guard bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return .drop(1) }
        guard bytes.count == length else { return .wait }
        guard let text = String(validating: bytes, as: UTF8.self), let shown = ShownCharacter(Character(text)) else {
            return .drop(length)
        }
        return .key(Key(String(shown.character)), length)
    }
}
