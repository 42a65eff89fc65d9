package import EnrolmentCore
package import EnrolmentFlow
package import OfflineCache

extension OpenKit {
    /// Keeps visits that the office planned, replacing those of the same name; all or none.
    package func plan(_ visits: [Visit]) async throws(FailureReport) {
        try await store.reporting { () throws(StoreError) in try await store.visits.replace(visits) }
    }

    /// Every planned visit, with what came of each case.
    package func plannedVisits() async throws(FailureReport) -> [VisitMachine] {
        try await store.reporting { () throws(StoreError) in
            let visits = try await store.visits.all()
            var outcomes: [CaseID: VisitMachine.CaseOutcome] = [:]
            for id in try await store.drafts.cases() { outcomes[id] = .begun }
            for (id, packet) in try await store.packets.packetsByCase() { outcomes[id] = .stored(packet) }
            return visits.map { VisitMachine(visit: $0, outcomes: outcomes) }
        }
    }

    package func visit(_ id: VisitID) async throws(FailureReport) -> Visit {
        try await store.reporting { () throws(StoreError) in try await store.visits.visit(id) }
    }

    /// Every packet that this kit has sealed, those that are gone included.
    package func packets() async throws(FailureReport) -> [QueuedPacket] {
        try await store.reporting(kept: .packet) { () throws(StoreError) in try await store.packets.packets() }
    }

    /// How many packets are still to be brought to central.
    func waitingPackets() async throws(FailureReport) -> Int {
        try await store.reporting(kept: .packet) { () throws(StoreError) in
            try await store.packets.totals().amount(in: PacketState.waiting).packets
        }
    }

    /// One packet, with every attempt to send it.
    package func packet(_ id: PacketID) async throws(FailureReport) -> (QueuedPacket, [Attempt]) {
        try await store.reporting(kept: .packet) { () throws(StoreError) in
            (try await store.packets.packet(id), try await store.packets.attempts(of: id))
        }
    }
}
