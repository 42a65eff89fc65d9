/// One control sequence as xterm and its kin send it for a key.
struct ControlSequence {
    /// Digits and semicolons.
    let parameters: ArraySlice<UInt8>
    let final: UInt8

    private static let byFinal: [Character: String] = [
        "A": "up", "B": "down", "C": "right", "D": "left", "E": "5", "F": "end", "H": "home", "M": "enter",
        "P": "f1", "Q": "f2", "R": "f3", "S": "f4", "Z": "backtab",
    ]

    private static let byNumber: [Int: String] = [
        1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end",
        11: "f1", 12: "f2", 13: "f3", 14: "f4", 15: "f5", 17: "f6", 18: "f7", 19: "f8", 20: "f9", 21: "f10",
        23: "f11", 24: "f12",
    ]

    /// Nil for a sequence that is no key.
    var key: Key? {
        let numbers = numbers
        guard let numbers, let base = base(numbers) else { return nil }
        return Key(modifiers(numbers) + base)
    }

    private func base(_ numbers: [Int]) -> String? {
        if final == UInt8(ascii: "~") { return Self.byNumber[numbers.first ?? 0] }
        return Self.byFinal[Character(UnicodeScalar(final))]
    }

    /// The second number is one more than a sum of shift 1, alt 2 and control 4.
    private func modifiers(_ numbers: [Int]) -> String {
        guard numbers.count > 1, numbers[1] > 1 else { return "" }
        let held = numbers[1] - 1
        return (held & 4 != 0 ? "ctrl+" : "") + (held & 2 != 0 ? "alt+" : "") + (held & 1 != 0 ? "shift+" : "")
    }

    /// Nil when there is more than numbers, as in a terminal's answer to a question.
    private var numbers: [Int]? {
        guard !parameters.isEmpty else { return [] }
        var numbers: [Int] = []
        for part in parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            guard let number = part.isEmpty ? 1 : Int(String(decoding: part, as: UTF8.self)), number >= 0 else {
                return nil
            }
            numbers.append(number)
        }
        return numbers
    }
}
