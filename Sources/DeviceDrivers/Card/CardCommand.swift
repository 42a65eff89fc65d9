/// A short command APDU (ISO/IEC 7816-4 5.1) of those that reading a Belgian eID card needs.
///
/// The card speaks T=0, where a command either brings data or asks for some, never both.
struct CardCommand: Hashable, Sendable {
    let header: [UInt8]
    let data: [UInt8]
    /// How many bytes are asked for, 1...256; nil for none.
    let expectedLength: Int?

    init(_ header: [UInt8], data: [UInt8] = [], expecting expectedLength: Int? = nil) {
        self.header = header
        self.data = data
        self.expectedLength = expectedLength
    }

    /// The command as it is sent; 256 is written as 0.
    var bytes: [UInt8] {
        if let expectedLength { return header + [UInt8(truncatingIfNeeded: expectedLength)] }
        return data.isEmpty ? header : header + [UInt8(truncatingIfNeeded: data.count)] + data
    }

    /// The same command, asking for another number of bytes.
    func expecting(_ length: Int) -> CardCommand {
        CardCommand(header, data: data, expecting: length)
    }

    /// SELECT by file identifier, below the current directory.
    static func select(file identifier: UInt16) -> CardCommand {
        CardCommand([0x00, 0xA4, 0x02, 0x0C], data: [UInt8(identifier >> 8), UInt8(identifier & 0xFF)])
    }

    /// SELECT by path from the master file, which the path names: the manuals leave it out, all cards
    /// in the field take it.
    static func select(path: [UInt16]) -> CardCommand {
        CardCommand([0x00, 0xA4, 0x08, 0x0C], data: path.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }

    /// SELECT of the eID application, which is selected by itself after a reset.
    static let selectApplication = CardCommand(
        [0x00, 0xA4, 0x04, 0x0C],
        data: [0xA0, 0x00, 0x00, 0x00, 0x30, 0x29, 0x05, 0x70, 0x00, 0xAD, 0x13, 0x10, 0x01, 0x01, 0xFF])

    /// READ BINARY of the current file.
    ///
    /// - Parameter offset: at most 0x7FFF, the highest bit means something else.
    static func read(offset: Int, length: Int) -> CardCommand {
        CardCommand([0x00, 0xB0, UInt8(offset >> 8 & 0x7F), UInt8(offset & 0xFF)], expecting: length)
    }

    /// GET CARD DATA: chip number, versions and state of life.
    static let cardData = CardCommand([0x80, 0xE4, 0x00, 0x00], expecting: CardData.length)

    /// INTERNAL AUTHENTICATE with the basic key (0x81) of applet 1.8; no security environment is needed.
    ///
    /// - Parameter challenge: 48 bytes, which the card takes for the digest itself.
    static func authenticate(_ challenge: [UInt8]) -> CardCommand {
        CardCommand([0x00, 0x88, 0x02, 0x81], data: [0x94, UInt8(truncatingIfNeeded: challenge.count)] + challenge)
    }

    /// GET RESPONSE: fetches what `61xx` announced.
    static func getResponse(_ length: Int) -> CardCommand {
        CardCommand([0x00, 0xC0, 0x00, 0x00], expecting: length)
    }
}
