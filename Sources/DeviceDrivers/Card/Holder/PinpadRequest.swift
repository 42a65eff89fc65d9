import EnrolmentCore

/// What a reader with keys of its own is told about the PIN that it must ask for (PC/SC part 10, 2.5):
/// PIN_VERIFY_STRUCTURE and PIN_MODIFY_STRUCTURE, packed, numbers with their low byte first.
///
/// The reader puts the digits into the command that is sent along, at the place and in the shape that the
/// bit fields tell: the block of `PINBlock`.
enum PinpadRequest {
    /// How long it waits for the first key, and for the next: 30 s.
    static let patience: UInt8 = 30

    /// One PIN into VERIFY.
    static func verify(in language: Language) -> [UInt8] {
        shape + lengths + [whenEnterIsPressed, 0x01] + language.identifier + [0x00]
            + prologue + following([0x00, 0x20, 0x00, 0x01, 0x08] + emptyBlock)
    }

    /// The old PIN, and the new one twice, into CHANGE REFERENCE DATA.
    static func modify(in language: Language) -> [UInt8] {
        let offsets: [UInt8] = [0x00, UInt8(PINBlock.length)]
        let confirmsNewAndAsksOld: UInt8 = 0x03
        return shape + offsets + lengths + [confirmsNewAndAsksOld, whenEnterIsPressed, 0x03] + language.identifier
            + [0x00, 0x01, 0x02] + prologue + following([0x00, 0x24, 0x00, 0x01, 0x10] + emptyBlock + emptyBlock)
    }

    /// BCD, left justified, behind the first byte of the data (0x89); a length of four bits in a block of
    /// seven bytes (0x47), four bits from the start (0x04).
    private static let shape: [UInt8] = [patience, patience, 0x89, 0x47, 0x04]
    /// The most digits, then the fewest.
    private static let lengths = [UInt8(PINBlock.digits.upperBound), UInt8(PINBlock.digits.lowerBound)]
    private static let whenEnterIsPressed: UInt8 = 0x02
    /// Of T=1, which these cards do not speak.
    private static let prologue: [UInt8] = [0x00, 0x00, 0x00]
    private static let emptyBlock: [UInt8] = [0x20] + Array(repeating: 0xFF, count: 7)

    private static func following(_ command: [UInt8]) -> [UInt8] {
        [UInt8(truncatingIfNeeded: command.count), 0x00, 0x00, 0x00] + command
    }
}

extension Language {
    /// Windows' language identifier, by which readers know languages; low byte first.
    fileprivate var identifier: [UInt8] {
        switch self {
        case .dutch: [0x13, 0x04]
        case .french: [0x0C, 0x04]
        case .german: [0x07, 0x04]
        case .english: [0x09, 0x04]
        }
    }
}
