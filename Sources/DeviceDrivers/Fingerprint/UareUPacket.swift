/// A picture as a U.are.U scanner sends it: 64 bytes of header, then the lines that are present.
package struct UareUPacket: Hashable, Sendable {
    package static let columns = 384
    /// Lines of a whole picture. A header that claims as many present lines is damaged, since one line
    /// is never sent.
    package static let rows = 290
    package static let headerLength = 64
    /// What to ask for: as much as could ever come.
    package static let maximumLength = headerLength + rows * columns
    /// How every packet begins; only the oldest firmware sends lines without a header.
    private static let start: [UInt8] = [0x10, 0x40, 0x80, 0x01]

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
    /// taken again. What came beyond the lines is ignored.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.headerLength else { return nil }
        guard bytes.count != (Self.rows - 1) * Self.columns || bytes.starts(with: Self.start) else {
            self.init(keyNumber: 0, blocks: [], lines: Self.rows - 1, data: bytes)
            return
        }
        let lines = Int(bytes[4]) | Int(bytes[5]) << 8
        let end = Self.headerLength + lines * Self.columns
        guard lines > 0, lines < Self.rows, bytes.count >= end else { return nil }
        let blocks = stride(from: 16, to: 46, by: 2).map { Block(flags: bytes[$0], lines: Int(bytes[$0 + 1])) }
            .prefix { $0.lines > 0 }
        self.init(
            keyNumber: bytes[6], blocks: Array(blocks), lines: lines, data: Array(bytes[Self.headerLength..<end]))
    }

    /// Lines that no block speaks of are plain.
    private init(keyNumber: UInt8, blocks: [Block], lines: Int, data: [UInt8]) {
        let described = blocks.filter(\.isPresent).reduce(0) { $0 + $1.lines }
        self.keyNumber = keyNumber
        self.blocks = described < lines ? blocks + [Block(flags: 0x04, lines: lines - described)] : blocks
        self.lines = lines
        self.data = data
    }
}
