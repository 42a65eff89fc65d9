package import EnrolmentCore

/// An officer who has logged in, and by what. Holds no personal datum.
package struct LoginSession: Hashable, Sendable {
    package enum Revocation: String, Hashable, Sendable, Codable {
        /// The kit has evidence that the certificate was not revoked.
        case notRevoked
        /// Nobody could be asked; the next synchronisation asks.
        case notChecked
        /// By passphrase there is no certificate.
        case notApplicable
    }

    package let officer: Officer
    /// Of the list that let them in.
    package let rosterVersion: Int
    package let revocation: Revocation
    /// Until when the certificate of their card holds; nil by passphrase.
    package let certificateValidUntil: Timestamp?
    package let at: Timestamp

    package init(
        officer: Officer, rosterVersion: Int, revocation: Revocation, certificateValidUntil: Timestamp?, at: Timestamp
    ) {
        self.officer = officer
        self.rosterVersion = rosterVersion
        self.revocation = revocation
        self.certificateValidUntil = certificateValidUntil
        self.at = at
    }

    /// Whether a list lets this officer go on: a synchronisation may have brought one without them.
    package func isHeld(by standing: RosterStanding) -> Bool {
        guard case .valid(let roster) = standing,
            let listed = roster.officers.first(where: { $0.id == officer.id })
        else { return false }
        return officer.proof == .card || listed.mayUsePassphrase
    }
}
