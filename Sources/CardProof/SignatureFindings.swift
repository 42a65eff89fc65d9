import EnrolmentCore

/// What came of the National Register's signatures and of what they cover by its digest.
struct SignatureFindings: Sendable {
    let all: [CardFinding]

    init(_ reading: CardReading, tags: IdentityTags, key: SigningKey?) {
        let files = reading.files
        let algorithms = key.map { Self.algorithms(for: $0, photoDigest: tags.photoDigest) } ?? []
        let identity = Self.finding(
            .identitySignature, content: files[.identity].flatMap { $0.isEmpty ? nil : $0 },
            signature: files[.identitySignature], key: key, algorithms: algorithms)
        // The padding of the identity's signature is signed with it; that of the address is not.
        let address = files[.address].flatMap { address in
            files[.identitySignature].map { Self.withoutPadding(address) + $0 }
        }
        all = [
            identity,
            Self.finding(
                .addressSignature, content: address, signature: files[.addressSignature], key: key,
                algorithms: algorithms),
            Self.photo(reading.photo, digest: tags.photoDigest),
        ]
    }

    /// Elliptic curves come with SHA-384 on every card so far, and with another hash of that strength if
    /// ever. RSA comes with the hash of the photo's digest, or with another: after a change of address the
    /// two signatures of one card can differ.
    private static func algorithms(for key: SigningKey, photoDigest: [UInt8]?) -> [DigestAlgorithm] {
        guard key.isRSA else { return [.sha384, .sha256, .sha512] }
        let usual: [DigestAlgorithm] = [.sha256, .sha1]
        guard let first = photoDigest.flatMap({ DigestAlgorithm(digestLength: $0.count) }) else { return usual }
        return [first] + usual.filter { $0 != first }
    }

    private static func finding(
        _ part: CardFinding.Part, content: [UInt8]?, signature: [UInt8]?, key: SigningKey?,
        algorithms: [DigestAlgorithm]
    ) -> CardFinding {
        guard let content else { return CardFinding(part, .notPossible, "nothing that is signed") }
        guard let signature, signature.contains(where: { $0 != 0 }) else {
            return CardFinding(part, .notPossible, "no signature")
        }
        guard let key else { return CardFinding(part, .notPossible, "no key") }
        guard let algorithm = algorithms.first(where: { key.verifies(signature, of: content, by: $0) }) else {
            return CardFinding(part, .wrong, "not made by the \(key.name) key of the National Register's certificate")
        }
        return CardFinding(part, .right, "\(algorithm.name), \(key.name)")
    }

    private static func photo(_ photo: [UInt8]?, digest: [UInt8]?) -> CardFinding {
        guard let photo, !photo.isEmpty else { return CardFinding(.photoDigest, .notPossible, "no photo") }
        guard let digest, let algorithm = DigestAlgorithm(digestLength: digest.count) else {
            return CardFinding(.photoDigest, .notPossible, "no digest of a known kind")
        }
        return CardFinding(.photoDigest, algorithm.digest(photo) == digest ? .right : .wrong, algorithm.name)
    }

    private static func withoutPadding(_ file: [UInt8]) -> [UInt8] {
        guard let last = file.lastIndex(where: { $0 != 0 }) else { return [] }
        return [UInt8](file[...last])
    }
}
