package import EnrolmentCore
package import EnrolmentFlow
package import OfflineCache

extension OpenKit {
    /// Keeps visits that the office planned, replacing those of the same name; all or none.
    package func plan(_ visits: [Visit]) async throws(FailureReport) {
        try await storing { () throws(StoreError) in try await store.visits.replace(visits) }
    }

    /// Every planned visit, with what came of each case.
    package func plannedVisits() async throws(FailureReport) -> [VisitMachine] {
        try await storing { () throws(StoreError) in
            let visits = try await store.visits.all()
            var outcomes: [CaseID: VisitMachine.CaseOutcome] = [:]
            for id in try await store.drafts.cases() { outcomes[id] = .begun }
            for packet in try await store.packets.packets() { outcomes[packet.caseID] = .stored(packet.id) }
            return visits.map { VisitMachine(visit: $0, outcomes: outcomes) }
        }
    }

    package func visit(_ id: VisitID) async throws(FailureReport) -> Visit {
        try await storing { () throws(StoreError) in try await store.visits.visit(id) }
    }

    /// Every packet that this kit has sealed, those that are gone included.
    package func packets() async throws(FailureReport) -> [QueuedPacket] {
        try await storing(kept: .packet) { () throws(StoreError) in try await store.packets.packets() }
    }

    /// One packet, with every attempt to send it.
    package func packet(_ id: PacketID) async throws(FailureReport) -> (QueuedPacket, [Attempt]) {
        try await storing(kept: .packet) { () throws(StoreError) in
            (try await store.packets.packet(id), try await store.packets.attempts(of: id))
        }
    }

    private func storing<Value>(
        kept: FailureReport.Kept = .draft, _ body: () async throws(StoreError) -> Value
    ) async throws(FailureReport) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw error.report(kept: kept)
        }
    }
}
