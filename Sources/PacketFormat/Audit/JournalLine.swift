package import EnrolmentCore

/// A line of a kit's journal, as it is told: what happened, to what, by whom, without personal data.
package struct JournalLine: Hashable, Sendable {
    package let position: Int
    package let at: Timestamp
    package let event: JournalEvent
    package let caseID: CaseID?
    package let packetID: PacketID?
    package let officer: OfficerID?
    /// A code from a closed list, never free text.
    package let reason: String?

    package init(
        position: Int, at: Timestamp, event: JournalEvent, caseID: CaseID? = nil, packetID: PacketID? = nil,
        officer: OfficerID? = nil, reason: String? = nil
    ) {
        self.position = position
        self.at = at
        self.event = event
        self.caseID = caseID
        self.packetID = packetID
        self.officer = officer
        self.reason = reason
    }
}
