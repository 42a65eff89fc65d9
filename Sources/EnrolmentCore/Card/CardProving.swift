/// Says what a card's content is worth, with what this kit knows of roots and revocations.
package protocol CardProving: Sendable {
    /// Proves a reading; takes a few milliseconds and asks nobody.
    func proof(of reading: CardReading, at time: Timestamp) -> CardProof

    /// Proves that a key of the card's holder made a signature: by the certificate among the reading's
    /// files, and that one's chain to a known root.
    ///
    /// - Parameter digest: what was given to the card to sign.
    func holderProof(
        of signature: CardSignature, over digest: CardDigest, by key: CardHolderKey, of reading: CardReading,
        at time: Timestamp
    ) -> HolderVerdict

    /// Keeps, for the next synchronisation, what only a responder can tell about a card's signer.
    func keepAsking(about reading: CardReading) async

    /// Takes what a card proves about the time: a certificate that is proven was issued before now, so a clock
    /// that says otherwise is behind. It moves no clock.
    func learnTime(from reading: CardReading) async
}

extension CardProving {
    package func keepAsking(about reading: CardReading) async {}
    package func learnTime(from reading: CardReading) async {}
}

/// What a signature by a card's holder is worth.
package enum HolderVerdict: String, CaseIterable, Sendable, Codable {
    case proven
    /// Right, and nobody could be asked whether the certificate was revoked.
    case revocationNotChecked
    case expired
    case revoked
    /// The certificate, its authority or a known root is not there; of an officer's, also that what the kit was told of
    /// its revocation cannot be read any more.
    case cannotBeChecked
    /// The signature is not the certificate's, or the certificate not its authority's.
    case wrong

    package var isProven: Bool { self == .proven || self == .revocationNotChecked }
}
