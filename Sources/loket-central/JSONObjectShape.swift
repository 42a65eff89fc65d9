/// Whether a stream of bytes is one JSON object (RFC 8259), well formed to its end, without holding it: a machine
/// that knows what may come next, and which brackets are open.
///
/// It is stricter than the standard in what a screen would show: in its strings there is nothing but UTF-8, and no
/// character that steers a terminal, turns the direction of text, or is not seen at all (`TextWatch`); between its
/// tokens there is no carriage return, behind which a terminal writes over what stands in the line. Nothing here is
/// decoded, so that such a character that is written as an escape (`\u009b`) is letters and digits, and allowed.
struct JSONObjectShape {
    enum Fault: Hashable {
        case noObject
        /// A character of `TextWatch`, bytes that are no UTF-8, or a carriage return.
        case unseenText
    }

    /// What may come next.
    private enum State {
        case begin, end
        case value, valueOrClose
        case key, keyOrClose
        case colon, commaOrClose
        case string, escape
        /// Digits that are missing of an escape, and what those before them say.
        case unicode(missing: Int, unit: UInt32)
        /// Between the two escapes of one character: its backslash, its `u`.
        case secondEscape(isBackslashThere: Bool)
        /// The letters of `true`, `false` or `null` that are missing.
        case word(ArraySlice<UInt8>)
        case number(JSONNumberShape)
        case broken(Fault)
    }

    private var state = State.begin
    /// The brackets that are open, innermost last.
    private var open: [UInt8] = []
    private var isKey = false
    /// Of the escape before this one, when it is the first of two.
    private var isSecondUnit = false
    private var text = TextWatch()

    /// Deeper than any document of ours; it bounds the memory.
    private static let deepest = 512

    /// True once all of an object went by, and nothing else but white space.
    var isWhole: Bool { if case .end = state { true } else { false } }

    /// What is wrong with what went by; an object that is cut is none.
    var fault: Fault? {
        switch state {
        case .end: nil
        case .broken(let fault): fault
        default: .noObject
        }
    }

    mutating func update(_ bytes: [UInt8]) {
        for byte in bytes {
            if case .broken = state { return }
            take(byte)
        }
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .string: takeText(byte)
        case .escape: takeEscape(byte)
        case .unicode(let missing, let unit): takeDigit(byte, missing, unit)
        case .secondEscape(let isBackslashThere): takeSecond(byte, isBackslashThere)
        case .word(let rest): takeLetter(byte, rest)
        case .number(var number):
            if number.take(byte) {
                state = .number(number)
            } else if number.mayEnd {
                state = .commaOrClose
                take(byte)
            } else {
                fail()
            }
        default:
            switch byte {
            case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: " "): break
            case UInt8(ascii: "\r"): fail(.unseenText)
            default: takeToken(byte)
            }
        }
    }

    private mutating func fail(_ fault: Fault = .noObject) { state = .broken(fault) }

    // MARK: - Between strings

    private mutating func takeToken(_ byte: UInt8) {
        switch (state, byte) {
        case (.begin, UInt8(ascii: "{")): push(byte)
        case (.value, _): beginValue(byte)
        case (.valueOrClose, UInt8(ascii: "]")), (.keyOrClose, UInt8(ascii: "}")): pop(byte)
        case (.valueOrClose, _): beginValue(byte)
        case (.key, UInt8(ascii: "\"")), (.keyOrClose, UInt8(ascii: "\"")): beginString(isKey: true)
        case (.colon, UInt8(ascii: ":")): state = .value
        case (.commaOrClose, UInt8(ascii: ",")): state = open.last == UInt8(ascii: "{") ? .key : .value
        case (.commaOrClose, UInt8(ascii: "]")), (.commaOrClose, UInt8(ascii: "}")): pop(byte)
        default: fail()
        }
    }

    private mutating func beginValue(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["): push(byte)
        case UInt8(ascii: "\""): beginString(isKey: false)
        case UInt8(ascii: "t"): state = .word(Array("rue".utf8)[...])
        case UInt8(ascii: "f"): state = .word(Array("alse".utf8)[...])
        case UInt8(ascii: "n"): state = .word(Array("ull".utf8)[...])
        default:
            guard let number = JSONNumberShape(byte) else { return fail() }
            state = .number(number)
        }
    }

    private mutating func push(_ bracket: UInt8) {
        guard open.count < Self.deepest else { return fail() }
        open.append(bracket)
        state = bracket == UInt8(ascii: "{") ? .keyOrClose : .valueOrClose
    }

    private mutating func pop(_ bracket: UInt8) {
        let opening = bracket == UInt8(ascii: "}") ? UInt8(ascii: "{") : UInt8(ascii: "[")
        guard open.popLast() == opening else { return fail() }
        state = open.isEmpty ? .end : .commaOrClose
    }

    private mutating func takeLetter(_ byte: UInt8, _ rest: ArraySlice<UInt8>) {
        guard byte == rest.first else { return fail() }
        state = rest.count == 1 ? .commaOrClose : .word(rest.dropFirst())
    }

    // MARK: - Strings

    private mutating func beginString(isKey: Bool) {
        self.isKey = isKey
        state = .string
    }

    private mutating func takeText(_ byte: UInt8) {
        guard text.take(byte) else { return fail(.unseenText) }
        guard text.isBetween else { return }
        if byte == UInt8(ascii: "\"") {
            state = isKey ? .colon : .commaOrClose
        } else if byte == UInt8(ascii: "\\") {
            state = .escape
        }
    }

    private mutating func takeEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "u"): state = .unicode(missing: 4, unit: 0)
        case _ where "\"\\/bfnrt".utf8.contains(byte): state = .string
        default: fail()
        }
    }

    private mutating func takeDigit(_ byte: UInt8, _ missing: Int, _ unit: UInt32) {
        guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return fail() }
        let unit = unit << 4 | UInt32(digit)
        guard missing == 1 else {
            state = .unicode(missing: missing - 1, unit: unit)
            return
        }
        // Half a character alone is none, though the grammar would have it.
        guard (0xDC00..<0xE000).contains(unit) == isSecondUnit else { return fail() }
        isSecondUnit = (0xD800..<0xDC00).contains(unit)
        state = isSecondUnit ? .secondEscape(isBackslashThere: false) : .string
    }

    private mutating func takeSecond(_ byte: UInt8, _ isBackslashThere: Bool) {
        guard byte == (isBackslashThere ? UInt8(ascii: "u") : UInt8(ascii: "\\")) else { return fail() }
        state = isBackslashThere ? .unicode(missing: 4, unit: 0) : .secondEscape(isBackslashThere: true)
    }
}
