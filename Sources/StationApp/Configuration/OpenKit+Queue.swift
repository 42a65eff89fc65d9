package import EnrolmentCore
package import OfflineCache

extension OpenKit {
    /// One page of the queue.
    package func packets(_ query: QueueQuery) async throws(FailureReport) -> QueuePage {
        try await store.reporting(kept: .packet) { () throws(StoreError) in try await store.packets.page(query) }
    }

    /// When a day begins and ends here, for `QueueQuery.sealed`.
    package static func bounds(of day: CalendarDate) -> Range<Timestamp> {
        let noon = Timestamp(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000 + 43_200_000)
        let bounds = LocalTime.bounds(of: noon)
        return bounds.start..<bounds.end
    }

    /// Brings a packet that was put aside back into the queue, on an officer's word.
    ///
    /// - Throws: `store.packetDamaged` when its file is not what its manifest says.
    package func retry(_ id: PacketID, by officer: OfficerID) async throws(FailureReport) {
        try await store.reporting(kept: .packet) { () throws(StoreError) in
            try await store.packets.retry(id, by: officer)
        }
    }

    /// How many more visits the disk can take.
    package func forecast() async throws(FailureReport) -> DiskForecast {
        try await store.reporting(kept: .packet) { () throws(StoreError) in try await store.forecast() }
    }
}
