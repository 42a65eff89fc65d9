package import EnrolmentCore

/// Which files of a card are read, in which order and how far.
///
/// The identity comes first whatever is asked for: it names the chip, and without it nobody could say whose
/// the rest is. A file that a card does not have is left out of the reading and is no error.
package struct CardReadingPlan: Hashable, Sendable {
    package enum Extent: Hashable, Sendable {
        /// As far as the content goes: certificates without the zero bytes behind them, of which applet 1.8
        /// has 1100, and none where there are only zero bytes; an address to the end of its last field.
        case content
        /// Every byte that the card keeps in the file.
        case whole
    }

    package let files: [CardFile]
    package let extent: Extent
    /// Whether a chip that can, from applet 1.8, is asked to prove that it is no copy. Each time uses up one
    /// of 5000.
    package let asksForProof: Bool

    package init(_ files: [CardFile], extent: Extent = .content, asksForProof: Bool = false) {
        var seen: Set<CardFile> = []
        self.files = ([.identity] + files).filter { seen.insert($0).inserted }
        self.extent = extent
        self.asksForProof = asksForProof
    }

    /// All that an enrolment or a delivery needs: what the officer waits for, what the proof needs, and last
    /// the holder's certificates.
    package static let enrolment = CardReadingPlan(everything, asksForProof: true)

    /// All files as they lie on the card, for a comparison with other programs' dumps.
    package static let whole = CardReadingPlan(everything, extent: .whole, asksForProof: true)

    /// What is printed on the card, or was.
    package static let face = CardReadingPlan([.identity, .address, .photo])

    private static let everything: [CardFile] = [
        .identity, .address, .photo, .identitySignature, .addressSignature, .registryCertificate, .rootCertificate,
        .basicKey, .caCertificate, .authenticationCertificate, .signatureCertificate,
    ]
}
