/// A generation of the card: its applet, its keys and the lengths of its files.
package enum CardApplet: String, Hashable, Sendable, CaseIterable {
    /// Applet 1.0, of 2003, signed with RSA-1024 and SHA-1.
    case v10
    /// Applet 1.0 with the answer to reset that it has borne since 2004.
    case v10EMV
    /// Applet 1.1, of 2004, signed with RSA-1024 and SHA-1.
    case v11
    /// Applet 1.7, signed with RSA-2048.
    case v17
    /// Applet 1.7 with files signed anew since 2021, with P-384, filled up to RSA's length.
    case v17Rekeyed
    /// Applet 1.8, P-384 throughout.
    case v18

    /// Whose keys the National Register and the authorities above the holder have.
    package var authority: TestCardAuthority.Algorithm {
        switch self {
        case .v10, .v10EMV, .v11: .rsa1024
        case .v17: .rsa
        case .v17Rekeyed, .v18: .ellipticCurve
        }
    }

    package var atr: [UInt8] {
        switch self {
        case .v10: [0x3B, 0x98, 0x94, 0x40, 0xFF, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x10]
        case .v10EMV: [0x3B, 0x98, 0x94, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x10]
        case .v11, .v17, .v17Rekeyed: [0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11]
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
        case .v10, .v10EMV: [0xA5, 0x03, 0x01, 0x01, 0x01, 0x01, 0x00, 0x01, 0x00, 0x01, 0x01, 0x0F]
        case .v11: [0xA5, 0x03, 0x01, 0x01, 0x01, 0x11, 0x00, 0x02, 0x00, 0x01, 0x01, 0x0F]
        case .v17, .v17Rekeyed: [0xF3, 0x36, 0x01, 0x25, 0x01, 0x17, 0x00, 0x03, 0x00, 0x21, 0x01, 0x0F]
        case .v18: [0xF3, 0x36, 0x01, 0x25, 0x01, 0x18, 0x00, 0x01, 0x00, 0x00, 0x02, 0x0F]
        }
    }

    var isOlderThan17: Bool { authority == .rsa1024 }

    /// What the files of this generation are signed with, and the photo's digest in them.
    var digests: SyntheticCard.Digests {
        switch self {
        case .v10, .v10EMV, .v11: SyntheticCard.Digests(photo: .sha1, identity: .sha1, address: .sha1)
        case .v17: SyntheticCard.Digests(photo: .sha256, identity: .sha256, address: .sha256)
        case .v17Rekeyed: SyntheticCard.Digests(photo: .sha256, identity: .sha384, address: .sha384)
        case .v18: SyntheticCard.Digests(photo: .sha384, identity: .sha384, address: .sha384)
        }
    }

    /// An address file is filled up to this with zero bytes.
    var addressLength: Int {
        switch self {
        case .v10, .v10EMV, .v11, .v17: 117
        case .v17Rekeyed, .v18: 121
        }
    }

    /// A signature file is filled up to this with zero bytes; nil for the signature's own length.
    var identitySignatureLength: Int? {
        switch self {
        case .v10, .v10EMV, .v11: 128
        case .v17, .v17Rekeyed: 256
        case .v18: nil
        }
    }
    var addressSignatureLength: Int { identitySignatureLength ?? 104 }

    /// Zero bytes behind a certificate of the holder or of the authority above it.
    var certificatePadding: Int { self == .v18 ? 1100 : 50 }
    /// Zero bytes behind the root's and the National Register's.
    var rootPadding: Int { self == .v18 ? 1100 : 0 }
    /// Zero bytes in place of a certificate.
    var absentCertificateLength: Int { self == .v18 ? 2500 : 1300 }

    /// The version of the printed layout, and of electrical personalisation, in TokenInfo.
    var personalisation: (graphical: UInt8, electrical: UInt8) {
        switch self {
        case .v10: (1, 0)
        case .v10EMV: (2, 1)
        case .v11: (3, 2)
        case .v17, .v17Rekeyed: (4, 2)
        case .v18: (8, 4)
        }
    }
}
