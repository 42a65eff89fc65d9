/// Tells a Belgian eID card by its answer to reset, without talking to it.
enum CardRecognition {
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

    /// False means "not surely": a card is asked for the eID application then.
    static func isBelgian(atr: [UInt8]) -> Bool {
        if atr == applet18 { return true }
        guard atr.count == olderPattern.count else { return false }
        return atr.indices.allSatisfy { atr[$0] & olderMask[$0] == olderPattern[$0] }
    }
}
