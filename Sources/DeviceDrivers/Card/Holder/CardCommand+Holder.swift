/// The commands that serve the card's holder, but for those that bear a PIN.
extension CardCommand {
    /// GET CARD DATA of applet 1.8 with the tries that are left behind it: 28 bytes, the number, FF, FF.
    static let cardDataWithTries = CardCommand([0x80, 0xE4, 0x00, 0x01], expecting: CardData.length + 3)

    /// VERIFY without a PIN, which asks for the state of the PIN (ISO/IEC 7816-4 11.6.6).
    ///
    /// Only from applet 1.7 on: to an older card this is a wrong PIN.
    static let pinStatus = CardCommand([0x00, 0x20, 0x00, 0x01], expecting: 256)

    /// MANAGE SECURITY ENVIRONMENT: which key signs, and what it is given.
    static func prepareSignature(algorithm: UInt8, key: UInt8) -> CardCommand {
        CardCommand([0x00, 0x22, 0x41, 0xB6], data: [0x04, 0x80, algorithm, 0x84, key])
    }

    /// PERFORM SECURITY OPERATION: COMPUTE DIGITAL SIGNATURE.
    static func sign(_ input: [UInt8]) -> CardCommand {
        CardCommand([0x00, 0x2A, 0x9E, 0x9A], data: input)
    }

    /// LOG OFF: the card forgets that a PIN was right.
    static let logOff = CardCommand([0x80, 0xE6, 0x00, 0x00])
}
