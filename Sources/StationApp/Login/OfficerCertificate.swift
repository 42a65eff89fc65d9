package import EnrolmentCore

/// What a login needs to know of the authentication certificate on an officer's card.
package struct OfficerCertificate: Hashable, Sendable, CustomStringConvertible {
    /// The `serialNumber` of its subject; nil when it has none that is a national number.
    package let nationalNumber: NationalNumber?
    /// Nil when there is no certificate that can be read.
    package let validUntil: Timestamp?
    /// What its chain is worth now; whether the card has its key is another matter.
    package let verdict: HolderVerdict

    package init(nationalNumber: NationalNumber?, validUntil: Timestamp?, verdict: HolderVerdict) {
        self.nationalNumber = nationalNumber
        self.validUntil = validUntil
        self.verdict = verdict
    }

    package var description: String { "OfficerCertificate(\(verdict.rawValue))" }
}
