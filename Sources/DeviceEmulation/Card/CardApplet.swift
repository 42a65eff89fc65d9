/// A generation of the card: its applet, its keys and the lengths of its files.
package enum CardApplet: String, Hashable, Sendable, CaseIterable {
    /// Applet 1.7, signed with RSA-2048.
    case v17
    /// Applet 1.7 with files signed anew since 2021, with P-384, filled up to RSA's length.
    case v17Rekeyed
    /// Applet 1.8, P-384 throughout.
    case v18

    var atr: [UInt8] {
        switch self {
        case .v17, .v17Rekeyed: [0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11]
        case .v18:
            [
                0x3B, 0x7F, 0x96, 0x00, 0x00, 0x80, 0x31, 0x80, 0x65, 0xB0, 0x85, 0x04, 0x01, 0x20, 0x12, 0x0F, 0xFF,
                0x82, 0x90, 0x00,
            ]
        }
    }

    /// The last twelve bytes of GET CARD DATA; the state of life is "personalised".
    var cardDataTail: [UInt8] {
        switch self {
        case .v17, .v17Rekeyed: [0xF3, 0x36, 0x01, 0x25, 0x01, 0x17, 0x00, 0x03, 0x00, 0x21, 0x01, 0x0F]
        case .v18: [0xF3, 0x36, 0x01, 0x25, 0x01, 0x18, 0x00, 0x01, 0x00, 0x00, 0x02, 0x0F]
        }
    }

    var signsWithRSA: Bool { self == .v17 }

    /// An address file is filled up to this with zero bytes.
    var addressLength: Int { self == .v17 ? 117 : 121 }

    /// A signature file is filled up to this with zero bytes; nil for the signature's own length.
    var identitySignatureLength: Int? { self == .v18 ? nil : 256 }
    var addressSignatureLength: Int { self == .v18 ? 104 : 256 }

    /// Zero bytes behind a certificate of the holder or of the authority above it.
    var certificatePadding: Int { self == .v18 ? 1100 : 50 }
    /// Zero bytes behind the root's and the National Register's.
    var rootPadding: Int { self == .v18 ? 1100 : 0 }
    /// Zero bytes in place of a certificate.
    var absentCertificateLength: Int { self == .v18 ? 2500 : 1300 }
}
