import GRDB

/// The SQLite settings on which "nothing lost, nothing leaked" rests.
///
/// They are set on the connection and then read back: SQLite ignores a setting that it does not know
/// or cannot grant, and a store that runs without one must not start.
package struct StoreSettings: Sendable {
    package struct Setting: Sendable {
        package let name: String
        package let wanted: String
        /// What reading it back gives.
        package let granted: String

        package init(name: String, wanted: String, granted: String) {
            self.name = name
            self.wanted = wanted
            self.granted = granted
        }
    }

    /// Set in this order.
    package var settings: [Setting]

    /// Bytes kept for SQLite when the machine gives no more; 0, for a campaign's control, does without.
    package var memoryReserve: Int

    package init(_ settings: [Setting], memoryReserve: Int = MemoryReserve.byteCount) {
        self.settings = settings
        self.memoryReserve = memoryReserve
    }

    /// The only ones that the product runs with.
    package static let required = StoreSettings([
        // A commit is in the log, and the log is on the disk, before the call returns
        // (sqlite.org/pragma.html#pragma_synchronous; WAL with NORMAL may lose acknowledged commits).
        Setting(name: "journal_mode", wanted: "WAL", granted: "wal"),
        Setting(name: "synchronous", wanted: "FULL", granted: "2"),
        Setting(name: "foreign_keys", wanted: "ON", granted: "1"),
        // A deleted draft is overwritten, and no page of it goes to a temporary file.
        Setting(name: "secure_delete", wanted: "ON", granted: "1"),
        Setting(name: "temp_store", wanted: "MEMORY", granted: "2"),
        // Pages; keeps the log, which each sweep overwrites, at one or two megabytes.
        Setting(name: "wal_autocheckpoint", wanted: "250", granted: "250"),
        Setting(name: "trusted_schema", wanted: "OFF", granted: "0"),
        Setting(name: "cell_size_check", wanted: "ON", granted: "1"),
    ])

    func apply(to database: Database) throws {
        for setting in settings { try database.execute(sql: "PRAGMA \(setting.name) = \(setting.wanted)") }
    }

    /// - Throws: `unsafeSetting` for one that is not as these settings say that it must be granted.
    func verify(_ database: Database) throws {
        for setting in settings {
            let found = try String.fetchOne(database, sql: "PRAGMA \(setting.name)") ?? "unknown"
            guard found == setting.granted else { throw StoreError.unsafeSetting(name: setting.name, found: found) }
        }
    }
}
