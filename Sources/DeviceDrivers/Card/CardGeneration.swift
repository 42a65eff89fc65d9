/// What the answer to reset tells of a card, before the card is spoken to.
enum CardGeneration: Hashable, Sendable {
    /// Applet 1.0, which needs a pause before a corrected command.
    case v10
    /// Applet 1.1 or 1.7: their answers to reset are the same.
    case v11or17
    case v18
    /// Like a Belgian card's, of no generation that is known.
    case similar
    /// Not surely another card: it is asked for the eID application.
    case unknown

    /// Applets 1.0 to 1.7: what varies between chips and years is masked out.
    private static let olderPattern: [UInt8] = [
        0x3B, 0x98, 0x00, 0x40, 0x00, 0x00, 0x00, 0x00, 0x01, 0x01, 0xAD, 0x13, 0x10,
    ]
    private static let olderMask: [UInt8] = [
        0xFF, 0xFF, 0x00, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xF0,
    ]
    private static let applet18: [UInt8] = [
        0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0x80, 0x65, 0xB0, 0x85, 0x04, 0x01, 0x20, 0x12, 0x0F, 0xFF, 0x82,
        0x90, 0x00,
    ]

    init(atr: [UInt8]) {
        if atr == Self.applet18 {
            self = .v18
        } else if atr.count == Self.olderPattern.count,
            atr.indices.allSatisfy({ atr[$0] & Self.olderMask[$0] == Self.olderPattern[$0] })
        {
            // TA1, the speed.
            switch atr[2] {
            case 0x94: self = .v10
            case 0x13: self = .v11or17
            default: self = .similar
            }
        } else {
            self = .unknown
        }
    }

    var isBelgian: Bool { self != .unknown }

    /// Whether the files can be asked for at once, and the chip who it is afterwards.
    var isKnown: Bool { self == .v10 || self == .v11or17 || self == .v18 }

    /// How long address files of this generation are; some are of the other length.
    var addressLength: Int { self == .v18 ? 121 : 117 }
}
