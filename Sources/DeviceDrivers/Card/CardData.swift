/// What GET CARD DATA tells of the chip and the applet.
struct CardData: Hashable, Sendable {
    static let length = 28

    /// 16 bytes, the same as in the identity file.
    let chipNumber: [UInt8]
    /// 0x01, 0x11, 0x17 or 0x18 for applet 1.0, 1.1, 1.7 and 1.8; the answer to reset does not tell
    /// 1.1 from 1.7.
    let appletVersion: UInt8
    /// Whether a corrected command must wait for the card: global operating system 1, by which applet 1.0
    /// is meant. Applet 1.8 says the same by chance and needs no pause.
    let isSlowToTurn: Bool
    /// 0x0F once personalised; nil when the card's answer is a short one.
    let lifeCycle: UInt8?

    /// Nil when the answer is too short to tell the applet's version.
    init?(_ answer: [UInt8]) {
        guard answer.count >= 22 else { return nil }
        chipNumber = [UInt8](answer[0..<16])
        appletVersion = answer[21]
        isSlowToTurn = answer.count >= 24 && answer[22] == 0 && answer[23] == 1 && answer[21] < 0x18
        lifeCycle = answer.count >= Self.length ? answer[27] : nil
    }

    /// Whether the card was made for nobody yet.
    var isBlank: Bool { lifeCycle == 0x07 }

    /// Whether it has a key of its own to prove that it is no copy.
    var hasBasicKey: Bool { appletVersion >= 0x18 }
}
