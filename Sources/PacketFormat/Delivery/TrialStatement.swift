import Crypto
package import EnrolmentCore

/// What the keys of a new card sign to show that they can: a text that says so of itself, so that it can
/// never be taken for a declaration of the citizen.
package struct TrialStatement: Hashable, Sendable {
    package let text: String
    package let hash: CertificateTrial.Hash

    /// - Parameters:
    ///   - nonce: random, so that no two signatures are of the same text.
    ///   - applet: from 1.8 on, keys are of elliptic curves, with SHA-384; before, RSA with SHA-256.
    package init(
        by key: CardHolderKey, of caseID: CaseID, applet: UInt8, nonce: [UInt8] = Self.random(), at time: Timestamp
    ) {
        text =
            "Draagbaar Loket: trial of the \(key.rawValue) key of an identity card at its delivery."
            + " This text declares nothing. Case \(caseID), \(time.rfc3339), \(hexadecimal(nonce))"
        hash = applet >= 0x18 ? .sha384 : .sha256
    }

    /// Sixteen bytes that nobody can foresee.
    package static func random() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    package init(_ trial: CertificateTrial) {
        text = trial.statement
        hash = trial.hash
    }

    /// What is given to the card.
    package var digest: CardDigest {
        let bytes = Array(text.utf8)
        return switch hash {
        case .sha256: .sha256(Array(SHA256.hash(data: bytes)))
        case .sha384: .sha384(Array(SHA384.hash(data: bytes)))
        }
    }
}
