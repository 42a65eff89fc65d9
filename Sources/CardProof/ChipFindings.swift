import EnrolmentCore

/// What came of asking the chip whether it is the one that the National Register made.
///
/// Applet 1.8 has a key for it. An identity file that names such a key is asked for it whatever the applet
/// says of its version, which nobody signed: else a copy would pass by calling itself older.
struct ChipFindings: Sendable {
    let all: [CardFinding]

    init(_ reading: CardReading, tags: IdentityTags) {
        guard reading.appletVersion >= 0x18 || tags.basicKeyDigest != nil else {
            all = [CardFinding(.basicKeyDigest, .notApplicable), CardFinding(.chipGenuineness, .notApplicable)]
            return
        }
        let file = reading.files[.basicKey].flatMap { file in file.contains { $0 != 0 } ? file : nil }
        let digest = Self.digest(of: file, named: tags.basicKeyDigest)
        all = [digest, Self.genuineness(file, reading.challenge, isKeyRight: digest.outcome == .right)]
    }

    private static func digest(of file: [UInt8]?, named digest: [UInt8]?) -> CardFinding {
        guard let digest, let algorithm = DigestAlgorithm(digestLength: digest.count), algorithm != .sha1 else {
            return CardFinding(.basicKeyDigest, .notPossible, "the identity names no key")
        }
        guard let file else { return CardFinding(.basicKeyDigest, .notPossible, "no key on the card") }
        let candidates = [file, DERFile.cut(file)].compactMap(\.self)
        let isRight = candidates.contains { algorithm.digest($0) == digest }
        return CardFinding(.basicKeyDigest, isRight ? .right : .wrong, algorithm.name)
    }

    private static func genuineness(
        _ file: [UInt8]?, _ challenge: CardChallenge?, isKeyRight: Bool
    ) -> CardFinding {
        guard let file, isKeyRight else { return CardFinding(.chipGenuineness, .notPossible, "no key to ask with") }
        guard let key = DERFile.cut(file).flatMap({ SigningKey(publicKeyInfo: $0) }), !key.isRSA else {
            return CardFinding(.chipGenuineness, .notPossible, "a key of an unknown kind")
        }
        guard let challenge else { return CardFinding(.chipGenuineness, .notChecked, "not asked") }
        guard let digest = GivenDigest(challenge.challenge) else {
            return CardFinding(.chipGenuineness, .notPossible, "a challenge of another length")
        }
        // It may do so after 5000 answers, until a PIN is verified.
        guard !challenge.response.isEmpty else {
            return CardFinding(.chipGenuineness, .notPossible, "the chip gave no answer")
        }
        let isRight = key.verifies(raw: challenge.response, ofDigest: digest)
        return CardFinding(.chipGenuineness, isRight ? .right : .wrong, key.name)
    }
}
