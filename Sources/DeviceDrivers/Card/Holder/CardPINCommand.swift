import EnrolmentCore

/// The commands that bear a PIN, each in a secret of its own.
enum CardPINCommand {
    /// The citizen's PIN.
    private static let reference: UInt8 = 0x01

    /// VERIFY.
    ///
    /// - Returns: nil when it is no PIN.
    static func verify(_ pin: SecretBytes) throws(SecretMemoryError) -> SecretBytes? {
        try command([0x00, 0x20, 0x00, reference], [pin])
    }

    /// CHANGE REFERENCE DATA: the old PIN and the new one.
    ///
    /// - Returns: nil when one of them is no PIN.
    static func change(from old: SecretBytes, to new: SecretBytes) throws(SecretMemoryError) -> SecretBytes? {
        try command([0x00, 0x24, 0x00, reference], [old, new])
    }

    private static func command(_ header: [UInt8], _ pins: [SecretBytes]) throws(SecretMemoryError) -> SecretBytes? {
        let command = try SecretBytes()
        for byte in header { command.append(byte) }
        command.append(UInt8(pins.count * PINBlock.length))
        return pins.allSatisfy { PINBlock.append($0, to: command) } ? command : nil
    }
}
