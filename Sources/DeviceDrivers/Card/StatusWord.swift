/// The two bytes that end every answer of a card (ISO/IEC 7816-4 5.6).
struct StatusWord: Hashable, Sendable, CustomStringConvertible {
    let value: UInt16

    init(_ value: UInt16) { self.value = value }

    var high: UInt8 { UInt8(value >> 8) }
    var low: UInt8 { UInt8(value & 0xFF) }

    static let success = StatusWord(0x9000)
    /// The file ended before as many bytes as asked; what there was is in the answer.
    static let endOfFile = StatusWord(0x6282)
    /// The selected file or the card is not activated yet.
    static let deactivated = StatusWord(0x6283)
    /// The chip's memory failed; it may be mute from now on, until it is reset.
    static let memoryFailure = StatusWord(0x6581)
    static let conditionsNotSatisfied = StatusWord(0x6985)
    /// No file is selected.
    static let noCurrentFile = StatusWord(0x6986)
    static let notFound = StatusWord(0x6A82)
    static let wrongParameters = StatusWord(0x6A86)
    /// Also seen now and then for a right SELECT by path.
    static let lengthAgainstParameters = StatusWord(0x6A87)
    /// The offset lies at or behind the end of the file.
    static let wrongOffset = StatusWord(0x6B00)
    /// Not known, or not allowed in this state of the card's life.
    static let instructionUnknown = StatusWord(0x6D00)

    /// What a card says of a file before the municipality has activated it. The manuals name all three, and
    /// differ between applets.
    var tellsOfActivation: Bool {
        self == .conditionsNotSatisfied || self == .deactivated || self == .instructionUnknown
    }

    /// `61xx`: so many more bytes wait to be fetched (0 for 256 or more).
    var bytesWaiting: Int? { high == 0x61 ? (low == 0 ? 256 : Int(low)) : nil }
    /// `6Cxx`: the same command, with this length, will be answered.
    var exactLength: Int? { high == 0x6C ? (low == 0 ? 256 : Int(low)) : nil }

    var description: String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
