package import EnrolmentCore
package import EnrolmentFlow

/// Where an enrolment is kept until it is a packet in the queue.
package protocol EnrolmentStoring: Sendable {
    /// Writes the draft, encrypted, and returns when it is durable.
    func save(_ draft: EnrolmentDraft) async throws(FailureReport)

    /// Seals the record, queues the packet and destroys the draft: all of it or nothing.
    func seal(_ draft: EnrolmentDraft) async throws(FailureReport) -> PacketID

    /// Destroys the draft; what remains is that it was, when, by whom and why. All of it or nothing.
    func discard(_ id: CaseID, because reason: StopReason, by officer: Officer) async throws(FailureReport)
}
