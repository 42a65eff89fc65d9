/// Who may use a kit: made and signed by central, kept sealed on the kit, replaced at sync.
package struct OfficerRoster: Hashable, Sendable, Codable {
    /// A list never gives way to one of a lower version.
    package let version: Int
    package let kit: KitID
    package let issuedAt: Timestamp
    /// Nobody logs in by this list later than this.
    package let validUntil: Timestamp
    package let officers: [RosterOfficer]

    package init(
        version: Int, kit: KitID, issuedAt: Timestamp, validUntil: Timestamp, officers: [RosterOfficer]
    ) {
        self.version = version
        self.kit = kit
        self.issuedAt = issuedAt
        self.validUntil = validUntil
        self.officers = officers
    }
}

/// One officer on the list.
package struct RosterOfficer: Hashable, Sendable, Codable {
    package let id: OfficerID
    /// As in the `serialNumber` of the officer's authentication certificate.
    package let nationalNumber: NationalNumber
    /// Whether a passphrase may stand in for the card.
    package let mayUsePassphrase: Bool

    package init(id: OfficerID, nationalNumber: NationalNumber, mayUsePassphrase: Bool = false) {
        self.id = id
        self.nationalNumber = nationalNumber
        self.mayUsePassphrase = mayUsePassphrase
    }
}

/// How an officer has shown who they are.
package enum OfficerProof: String, CaseIterable, Sendable, Codable {
    /// Their card signed a challenge after its PIN.
    case card
    case passphrase
    /// They only said so: training, or a kit without a roster.
    case claimed
}
