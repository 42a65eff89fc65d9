package import EnrolmentCore
package import EnrolmentFlow

/// Where a delivery is kept until it is a packet in the queue, or over.
package protocol DeliveryStoring: Sendable {
    /// Writes the draft, encrypted, and returns when it is durable.
    func save(_ draft: DeliveryDraft) async throws(FailureReport)

    /// Seals the record, queues the packet and destroys the draft: all of it or nothing.
    func seal(_ draft: DeliveryDraft) async throws(FailureReport) -> PacketID

    /// Destroys the draft; what remains is that it was, when, by whom and why. All of it or nothing.
    func discard(_ id: CaseID, because reason: DeliveryStopReason, by officer: Officer) async throws(FailureReport)
}
