/// A register of a U.are.U scanner, reached by vendor request 4 with the register as its value.
/// Consecutive bytes of one transfer are consecutive registers.
package struct UareURegister: Hashable, Sendable {
    package let address: UInt16

    package init(_ address: UInt16) {
        self.address = address
    }

    /// Power and condition; see `UareUStatus`.
    package static let status = UareURegister(0x07)
    /// Key number and the four bytes of the host's seed, little-endian.
    package static let keySeed = UareURegister(0x33)
    /// The picture's key, mixed with the seed, little-endian.
    package static let key = UareURegister(0x34)
    /// What the scanner does; see `UareUMode`.
    package static let mode = UareURegister(0x4E)
    /// Sixteen bytes with version numbers.
    package static let information = UareURegister(0xF0)
    package static let response = UareURegister(0x2000)
    package static let challenge = UareURegister(0x2010)
}

/// Values of the mode register.
package enum UareUMode: UInt8, Sendable {
    case awaitFingerOn = 0x10
    case awaitFingerOff = 0x12
    case capture = 0x20
    case off = 0x70
}

/// Bits of the status register.
package struct UareUStatus: Hashable, Sendable {
    package let bits: UInt8

    package init(_ bits: UInt8) {
        self.bits = bits
    }

    /// Partly switched off.
    package var isLowPower: Bool { bits & 0x80 != 0 }
    /// Set once the power is sane.
    package var isSane: Bool { bits & 0x01 != 0 }
    /// Left so by a session that ended in the middle; seen as 85 on the Microsoft keyboard.
    package var isConfused: Bool { bits & 0x84 == 0x84 }
    package var switchedOff: UInt8 { bits | 0x80 }
    package var switchedOn: UInt8 { bits & 0x0F }
}

/// What the scanner says unasked, on its interrupt endpoint: 64 bytes, of which the first two count.
package enum UareUMessage: UInt16, Sendable {
    case powerIsOn = 0x56AA
    case fingerOn = 0x0101
    case fingerOff = 0x0200
    /// The next picture will be empty.
    case pictureWillFail = 0x0800

    /// Nil for a message that is too short or of another kind; both are to be ignored.
    package init?(bytes: [UInt8]) {
        guard bytes.count >= 2 else { return nil }
        self.init(rawValue: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))
    }
}
