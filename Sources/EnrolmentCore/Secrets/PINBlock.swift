/// How a PIN is written for an eID card: GlobalPlatform's block of eight bytes, in nibbles `2`, the number of
/// digits, the digits, and F up to the end. 12345 is `25 12 34 5F FF FF FF FF`.
///
/// It goes from one secret to another, one byte at a time: no array ever holds a digit.
package enum PINBlock {
    package static let length = 8
    /// The fewest and the most digits of a PIN.
    package static let digits = 4...12

    /// Whether these are digits in ASCII, not too few and not too many.
    package static func accepts(_ pin: SecretBytes) -> Bool {
        pin.withBytes { bytes in
            digits.contains(bytes.count) && bytes.allSatisfy { (0x30...0x39).contains($0) }
        }
    }

    /// Adds the block of a PIN to a command.
    ///
    /// - Returns: false, and adds nothing, when it is no PIN or does not fit.
    package static func append(_ pin: SecretBytes, to command: SecretBytes) -> Bool {
        let start = command.count
        return pin.withBytes { digits in
            guard Self.digits.contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return false
            }
            let isWritten: Void? = command.fill(count: start + length) { command in
                command[start] = 0x20 | UInt8(truncatingIfNeeded: digits.count)
                for place in 0..<length - 1 {
                    command[start + 1 + place] =
                        nibble(2 * place, of: digits) << 4 | nibble(2 * place + 1, of: digits)
                }
            }
            return isWritten != nil
        }
    }

    private static func nibble(_ index: Int, of digits: UnsafeRawBufferPointer) -> UInt8 {
        index < digits.count ? digits[index] & 0x0F : 0x0F
    }
}
