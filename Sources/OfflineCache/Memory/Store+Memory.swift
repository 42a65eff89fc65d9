import GRDB

extension Store {
    /// Lets an operation begin only where there is memory for the whole of it.
    ///
    /// - Parameter count: the bytes of the record that it writes; 0 for none that is large.
    /// - Throws: `memoryShort`; nothing has been changed then.
    func requireMemory(for count: Int = 0, _ database: Database) throws(StoreError) {
        let wanted = settings.memoryReserve == 0 ? 0 : MemoryReserve.byteCount(forWriting: count)
        // Pages that were read on the reserve, and are kept only to be quick, would hold it for as long.
        if MemoryReserve.isTouched { database.releaseMemory() }
        do throws(StoreError) {
            try MemoryReserve.prepare(wanted)
        } catch .memoryShort {
            // What SQLite keeps only to be quick may be what is missing.
            database.releaseMemory()
            try MemoryReserve.prepare(wanted)
        }
    }

    /// The same, within an operation that reads a sealed record of so many bytes: nothing has been changed yet.
    ///
    /// What every operation begins with serves all but a large one.
    func requireMemory(toRead count: Int, _ database: Database) throws(StoreError) {
        guard MemoryReserve.byteCount(forWriting: count) > MemoryReserve.byteCount else { return }
        try requireMemory(for: count, database)
    }

    /// For one that opens every record, one after the other.
    func requireMemoryForEveryRecord(_ database: Database) throws {
        try requireMemory(toRead: try SealedColumn.largest(database), database)
    }

    /// Whether there is, for what is as well done later.
    func hasMemory(_ database: Database) -> Bool {
        (try? requireMemory(database)) != nil
    }
}
