import EnrolmentCore

extension CardVerdict {
    /// The verdict on what was found: wrong weighs more than missing, missing more than expired.
    ///
    /// A signer that was revoked makes no card forged: it may have been made before. Nor can it be used.
    /// That nobody could be asked, or that an answer is of no use, takes the word `authentic` away, no more.
    init(_ findings: [(isRevocation: Bool, outcome: CardFinding.Outcome)]) {
        let parts = findings.filter { !$0.isRevocation }.map(\.outcome)
        let revocation = findings.first { $0.isRevocation }?.outcome ?? .notChecked
        self =
            if parts.contains(.wrong) {
                .forged
            } else if parts.contains(.notPossible) || parts.contains(.notChecked) || revocation == .wrong {
                .cannotBeChecked
            } else if parts.contains(.expired) {
                .chainExpired
            } else {
                revocation == .right ? .authentic : .revocationNotChecked
            }
    }
}
