import EnrolmentCore

/// How a digest is put to a card's key: the algorithm's reference and what is sent along.
///
/// The references mean other things on each applet, and what an applet does not know is done by another
/// of its ways: one that takes a finished DigestInfo (RFC 8017 9.2) signs any digest.
struct CardSigningRequest: Hashable, Sendable {
    let algorithm: UInt8
    let key: UInt8
    let input: [UInt8]

    /// Nil when the digest has not the length that it says.
    init?(_ digest: CardDigest, with key: CardHolderKey, applet: UInt8) {
        guard digest.bytes.count == digest.length else { return nil }
        self.key = key.reference
        switch (digest, applet) {
        case (.sha256, 0x18...): (algorithm, input) = (0x01, digest.bytes)
        case (.sha384, 0x18...): (algorithm, input) = (0x02, digest.bytes)
        case (.sha256, 0x17): (algorithm, input) = (0x08, digest.bytes)
        default: (algorithm, input) = (0x01, digest.digestInfo)
        }
    }

    /// The lengths that a signature of an applet can have: RSA-1024 and RSA-2048; r and s of a curve.
    static func isSignature(_ bytes: [UInt8], of applet: UInt8) -> Bool {
        applet >= 0x18 ? [64, 96, 128, 132].contains(bytes.count) : [128, 256].contains(bytes.count)
    }
}

extension CardHolderKey {
    fileprivate var reference: UInt8 {
        switch self {
        case .authentication: 0x82
        case .signature: 0x83
        }
    }
}

extension CardDigest {
    fileprivate var bytes: [UInt8] {
        switch self {
        case .sha256(let bytes), .sha384(let bytes): bytes
        }
    }

    fileprivate var length: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        }
    }

    /// SEQUENCE of the algorithm (2.16.840.1.101.3.4.2.1 or .2, with NULL) and the digest.
    fileprivate var digestInfo: [UInt8] {
        let arc: UInt8
        switch self {
        case .sha256: arc = 0x01
        case .sha384: arc = 0x02
        }
        let count = UInt8(truncatingIfNeeded: bytes.count)
        return [
            0x30, 0x11 + count, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, arc, 0x05,
            0x00, 0x04, count,
        ] + bytes
    }
}
