/// The status words of an eID card.
enum EIDCardStatus {
    static let success: [UInt8] = [0x90, 0x00]
    /// The file is selected, and not activated.
    static let deactivated: [UInt8] = [0x62, 0x83]
    static let memoryFailure: [UInt8] = [0x65, 0x81]
    static let wrongLength: [UInt8] = [0x67, 0x00]
    static let notStructured: [UInt8] = [0x69, 0x81]
    static let securityNotSatisfied: [UInt8] = [0x69, 0x82]
    static let blocked: [UInt8] = [0x69, 0x83]
    static let conditionsNotSatisfied: [UInt8] = [0x69, 0x85]
    static let noCurrentFile: [UInt8] = [0x69, 0x86]
    static let wrongData: [UInt8] = [0x6A, 0x80]
    static let notFound: [UInt8] = [0x6A, 0x82]
    static let recordNotFound: [UInt8] = [0x6A, 0x83]
    static let wrongParameters: [UInt8] = [0x6A, 0x86]
    static let lengthAgainstParameters: [UInt8] = [0x6A, 0x87]
    static let referenceNotFound: [UInt8] = [0x6A, 0x88]
    static let wrongOffset: [UInt8] = [0x6B, 0x00]
    static let instructionUnknown: [UInt8] = [0x6D, 0x00]
    static let classUnknown: [UInt8] = [0x6E, 0x00]

    static func exactLength(_ length: Int) -> [UInt8] { [0x6C, UInt8(truncatingIfNeeded: length)] }
    static func waiting(_ length: Int) -> [UInt8] { [0x61, length >= 256 ? 0 : UInt8(length)] }
    static func triesLeft(_ tries: UInt8) -> [UInt8] { tries == 0 ? blocked : [0x63, 0xC0 | tries & 0x0F] }
}
