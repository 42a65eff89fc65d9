import GRDB

/// All packets of the kit, counted by state, without reading them.
package struct PacketTotals: Hashable, Sendable {
    package struct Amount: Hashable, Sendable {
        package let packets: Int
        /// What central does not hold yet.
        package let bytesLeft: Int
    }

    private let amounts: [PacketState: Amount]

    init(_ amounts: [PacketState: Amount]) { self.amounts = amounts }

    /// Those in any of these states together.
    package func amount(in states: Set<PacketState>) -> Amount {
        let chosen = amounts.filter { states.contains($0.key) }.values
        return Amount(
            packets: chosen.reduce(0) { $0 + $1.packets }, bytesLeft: chosen.reduce(0) { $0 + $1.bytesLeft })
    }
}

extension PacketQueue {
    /// How many packets there are in each state. Ten thousand are counted in some milliseconds.
    package func totals() async throws(StoreError) -> PacketTotals {
        try await store.perform { _, database in
            let rows = try Row.fetchCursor(
                database.cachedStatement(
                    sql: """
                        SELECT state, COUNT(*) AS packets, CAST(TOTAL(MAX(0, file_size - upload_offset)) AS INTEGER) AS bytes_left
                        FROM packet GROUP BY state
                        """))
            var amounts: [PacketState: PacketTotals.Amount] = [:]
            while let row = try rows.next() {
                // A state that a damaged disk changed is nobody's: opening the store names that row.
                guard let name: String = try? row.value("state"), let state = PacketState(rawValue: name) else {
                    continue
                }
                amounts[state] = PacketTotals.Amount(
                    packets: try row.value("packets"), bytesLeft: try row.value("bytes_left"))
            }
            return PacketTotals(amounts)
        }
    }
}
