/// Writes the little DER that a question about a revocation takes.
enum DERWriter {
    static let null: [UInt8] = [0x05, 0x00]
    /// The object identifier 1.3.14.3.2.26.
    static let sha1Identifier: [UInt8] = [0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A]
    /// id-pkix-ocsp-nonce, 1.3.6.1.5.5.7.48.1.2.
    static let nonceIdentifier: [UInt8] = [0x06, 0x09, 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02]

    static func sequence(_ content: [UInt8]) -> [UInt8] { value(0x30, content) }
    static func octets(_ content: [UInt8]) -> [UInt8] { value(0x04, content) }

    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        if content.count < 0x80 { return [tag, UInt8(content.count)] + content }
        var digits: [UInt8] = []
        var length = content.count
        while length > 0 {
            digits.insert(UInt8(truncatingIfNeeded: length), at: 0)
            length >>= 8
        }
        return [tag, 0x80 | UInt8(digits.count)] + digits + content
    }
}
