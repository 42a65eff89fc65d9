/// A picture as a U.are.U scanner sends it: 64 bytes of header, then the lines that are present.
package struct UareUPacket: Hashable, Sendable {
    package static let columns = 384
    /// Lines of a whole picture. A header that claims as many present lines is damaged, since one line
    /// is never sent.
    package static let rows = 290
    package static let headerLength = 64
    /// What to ask for: as much as could ever come.
    package static let maximumLength = headerLength + rows * columns

    /// A run of lines that are treated alike.
    package struct Block: Hashable, Sendable {
        package let flags: UInt8
        package let lines: Int

        /// A new key is to be fetched before it.
        package var changesKey: Bool { flags & 0x80 != 0 }
        package var isEncrypted: Bool { flags & 0x06 == 0x02 }
        /// Not scrambled, but the shift register runs on over it.
        package var isSkippedByCipher: Bool { flags & 0x06 == 0 }
        /// Whether its lines are in the packet; otherwise the picture repeats the lines that follow.
        package var isPresent: Bool { flags & 0x01 == 0 }
    }

    package let keyNumber: UInt8
    package let blocks: [Block]
    /// How many lines are in the packet.
    package let lines: Int
    /// `lines * columns` bytes, as sent.
    package let data: [UInt8]

    /// Nil when the header claims what cannot be, or more than has come: then the picture is to be
    /// taken again.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerLength else { return nil }
        lines = Int(bytes[4]) | Int(bytes[5]) << 8
        let end = Self.headerLength + lines * Self.columns
        guard lines > 0, lines < Self.rows, bytes.count >= end else { return nil }
        keyNumber = bytes[6]
        blocks = stride(from: 16, to: 46, by: 2).map { Block(flags: bytes[$0], lines: Int(bytes[$0 + 1])) }
            .prefix { $0.lines > 0 }.map { $0 }
        data = Array(bytes[Self.headerLength..<end])
    }
}
