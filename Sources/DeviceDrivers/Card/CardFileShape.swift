/// How the content of a file shows that it is all there.
///
/// Some readers claim the end of a file in its middle now and then, so an end that the content does
/// not bear out is asked for again.
enum CardFileShape: Sendable {
    /// Tag, length and value, up to the end or to zero bytes that fill a file of fixed length.
    case fields
    case jpeg
    /// RSA of 128 or 256 bytes, or an ECDSA signature in DER, perhaps filled up with zero bytes.
    case signature
    /// DER followed by zero bytes; zero bytes alone stand for no certificate.
    case certificate

    /// What the content's own length says about how far to read.
    enum Extent: Hashable, Sendable {
        /// Not to be told from these bytes.
        case unknown
        case length(Int)
        /// The file is there and holds nothing.
        case nothing
    }

    /// The extent that the first bytes tell, so that the zero bytes behind a certificate, a third of
    /// the card, need not be read.
    func extent(ofFileBeginning bytes: [UInt8]) -> Extent {
        guard self == .certificate, bytes.count >= 4 else { return .unknown }
        if bytes.allSatisfy({ $0 == 0 }) { return .nothing }
        return Self.lengthOfDER(bytes).map { .length($0) } ?? .unknown
    }

    /// Whether these bytes are a whole file of this shape.
    func isWhole(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .fields:
            CardFields(bytes).flaw == nil
        case .jpeg:
            bytes.starts(with: [0xFF, 0xD8]) && bytes.suffix(2) == [0xFF, 0xD9]
        case .signature:
            bytes.count == 128 || bytes.count == 256
                || Self.lengthOfDER(bytes).map { length in
                    length <= bytes.count && bytes[length...].allSatisfy { $0 == 0 }
                } ?? false
        case .certificate:
            Self.lengthOfDER(bytes) == bytes.count
        }
    }

    /// The whole length of the DER SEQUENCE that begins here; nil when none does.
    private static func lengthOfDER(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 2, bytes[0] == 0x30 else { return nil }
        switch bytes[1] {
        case 0..<0x80:
            return 2 + Int(bytes[1])
        case 0x81 where bytes.count >= 3:
            return 3 + Int(bytes[2])
        case 0x82 where bytes.count >= 4:
            return 4 + (Int(bytes[2]) << 8 | Int(bytes[3]))
        default:
            return nil
        }
    }
}
