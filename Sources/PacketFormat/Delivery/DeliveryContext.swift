package import EnrolmentCore

/// Where, when, by whom and in whose presence the card was handed over. Times are RFC 3339 in UTC, days are
/// ISO 8601.
package struct DeliveryContext: Hashable, Sendable, Codable {
    /// Of this document; 1.
    package var profileVersion = 1
    package var packetID: PacketID
    package var visitID: VisitID
    package var caseID: CaseID
    package var kitID: KitID
    package var officerID: OfficerID
    /// How the officer had shown who they are.
    package var officerProof: OfficerProof
    /// Made in training mode: no delivery.
    package var isTraining: Bool
    package var startedAt: String
    package var sealedAt: String
    package var timeConfidence: TimeConfidence
    package var place: VisitPlace
    package var eligibility: OSIAContextualData.Reason
    package var present: [PresentPerson]

    init(_ record: DeliveryRecord, _ place: PacketPlace) {
        packetID = place.id
        visitID = record.visitID
        caseID = record.planned.id
        kitID = record.kit.id
        officerID = record.officer.id
        officerProof = record.officer.proof ?? .claimed
        isTraining = record.kit.isTraining
        startedAt = record.startedAt.rfc3339
        sealedAt = place.sealedAt.rfc3339
        timeConfidence = place.timeConfidence
        self.place = record.place
        eligibility = OSIAContextualData.Reason(
            reason: record.eligibility.reason, attestIssuedOn: record.eligibility.attest?.issuedOn.iso8601)
        present = record.planned.present
    }
}
