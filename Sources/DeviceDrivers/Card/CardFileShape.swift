/// How the content of a file shows that it is all there.
///
/// Some readers claim the end of a file in its middle now and then, so an end that the content does
/// not bear out is asked for again.
enum CardFileShape: Sendable {
    /// Tag, length and value, up to the end of the file, whose every byte is signed.
    case fields
    /// The same, and zero bytes that fill a file of fixed length.
    case filledFields
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
        switch self {
        case .fields, .jpeg: return .unknown
        // No signature is longer, and a shorter one shows by the file's end.
        case .signature: return bytes.count >= Self.longestSignature ? .length(Self.longestSignature) : .unknown
        case .filledFields:
            guard case .filled(let end) = Self.walk(bytes) else { return .unknown }
            return .length(end)
        case .certificate:
            guard bytes.count >= 4 else { return .unknown }
            if bytes.allSatisfy({ $0 == 0 }) { return .nothing }
            return Self.lengthOfDER(bytes).map { .length($0) } ?? .unknown
        }
    }

    /// Whether these bytes are a whole file of this shape, its zero bytes included or not.
    func isWhole(_ bytes: [UInt8]) -> Bool {
        switch self {
        case .fields, .filledFields: Self.walk(bytes) != .cut
        case .jpeg: bytes.starts(with: [0xFF, 0xD8]) && bytes.suffix(2) == [0xFF, 0xD9]
        case .signature: bytes.count == 128 || bytes.count == Self.longestSignature || Self.isFilledDER(bytes)
        case .certificate: Self.isFilledDER(bytes) || bytes.allSatisfy { $0 == 0 }
        }
    }

    /// Whether a file can go on behind bytes that are whole: fields after the last field, where a
    /// chunk happened to end with one.
    var mayGoOn: Bool { self == .fields || self == .filledFields || self == .signature }

    private static let longestSignature = 256

    private enum Walk: Hashable {
        /// A field reaches beyond the last byte, or there is none.
        case cut
        /// The last byte is the end of a field, or of something that cannot be walked.
        case even
        /// Zero bytes fill the file from here.
        case filled(from: Int)
    }

    /// Goes from field to field. Lengths of 128 and more are written in more than one way, so that
    /// what has one is not told to be cut.
    private static func walk(_ bytes: [UInt8]) -> Walk {
        var offset = 0
        while offset < bytes.count {
            if bytes[offset...].allSatisfy({ $0 == 0 }) { return .filled(from: offset) }
            // Zero bytes in the middle of an address are signed with it.
            if bytes[offset] == 0, offset > 0 { return .even }
            guard offset + 1 < bytes.count else { return .cut }
            let length = Int(bytes[offset + 1])
            if length >= 0x80 { return .even }
            offset += 2 + length
        }
        return offset == bytes.count && offset > 0 ? .even : .cut
    }

    private static func isFilledDER(_ bytes: [UInt8]) -> Bool {
        guard let length = lengthOfDER(bytes), length <= bytes.count else { return false }
        return bytes[length...].allSatisfy { $0 == 0 }
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
