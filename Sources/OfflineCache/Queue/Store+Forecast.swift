import GRDB

extension Store {
    /// How many more visits the disk can take, from what the last ones took.
    package func forecast() async throws(StoreError) -> DiskForecast {
        try await perform { store, database in try store.forecast(database) }
    }

    /// - Throws: `noRoomToBegin` when the disk has no room for a new case beside what is kept back for those
    ///   that run.
    func requireRoomToBegin(_ database: Database) throws {
        let forecast = try forecast(database)
        guard forecast.level != .full else {
            throw StoreError.noRoomToBegin(free: forecast.free, reserve: forecast.reserve)
        }
    }

    private func forecast(_ database: Database) throws -> DiskForecast {
        let statement = try database.cachedStatement(
            sql: "SELECT file_size FROM packet ORDER BY sequence DESC LIMIT ?")
        let sizes = try Int.fetchAll(statement, arguments: [spaceRules.measuredPackets])
        return DiskForecast(free: try freeSpace(), packets: sizes, rules: spaceRules)
    }
}
