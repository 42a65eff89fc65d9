/// What cards and readers with keys say where a PIN or a key is concerned.
extension StatusWord {
    /// Wrong, and the card does not tell how many tries are left.
    static let wrongPIN = StatusWord(0x6300)
    static let blocked = StatusWord(0x6983)
    static let wrongData = StatusWord(0x6A80)
    /// No such PIN, or no such key.
    static let unknownReference = StatusWord(0x6A88)

    // By the reader, not the card (PC/SC part 10, 2.5.2).
    /// Nobody typed in time.
    static let timedOutOnReader = StatusWord(0x6400)
    static let cancelledOnReader = StatusWord(0x6401)
    static let newPINsDifferOnReader = StatusWord(0x6402)
    static let lengthOnReader = StatusWord(0x6403)

    /// What four bits can hold.
    static let mostTries = 15

    /// `63Cx`: so many tries are left.
    var triesLeft: Int? { high == 0x63 && low & 0xF0 == 0xC0 ? Int(low & 0x0F) : nil }

    /// What a card says when it has no such key, as those of small children.
    var tellsOfMissingKey: Bool { self == .unknownReference || self == .wrongData || self == .notFound }

    /// The last two bytes of an answer; nil when there are none.
    init?(endOf answer: [UInt8]) {
        guard answer.count >= 2 else { return nil }
        self.init(UInt16(answer[answer.count - 2]) << 8 | UInt16(answer[answer.count - 1]))
    }
}
