package import EnrolmentCore
import Foundation
import GRDB
package import OfflineCacheSchema

extension Store {
    /// Opens the data folder, or makes it, and puts right what a power cut left half done.
    ///
    /// - Parameters:
    ///   - folder: An absolute path whose parent exists.
    ///   - sealing: `Vault` in the product.
    ///   - timekeeping: what the clock itself brings along when none is given (`TimekeepingClock`).
    /// - Throws: `storeMissing` rather than make a new database in the place of one that is gone; `inUse`, `unsafeSetting`, `newerSchema`, `otherMode`, `otherKit`, `otherKey` and whatever
    ///   the disk answers. It never opens in a weaker way instead.
    package static func open(
        folder: String, kit: Kit, sealing: any RecordSealing, clock: any WallClock, probe: StorageProbe = .none,
        timekeeping: Timekeeping? = nil
    ) async throws(StoreError) -> (store: Store, recovery: Recovery) {
        try await open(
            folder: folder, kit: kit, sealing: sealing, clock: clock, probe: probe, settings: .required,
            timekeeping: timekeeping)
    }

    /// The same with other settings of SQLite.
    ///
    /// Only the crash harness passes anything but `.required`: it takes `synchronous` away on purpose and
    /// must then find the loss. What `settings` says must be granted is still read back.
    package static func open(
        folder: String, kit: Kit, sealing: any RecordSealing, clock: any WallClock, probe: StorageProbe,
        settings: StoreSettings, migrations: [SchemaMigration] = SchemaMigration.all,
        timekeeping: Timekeeping? = nil
    ) async throws(StoreError) -> (store: Store, recovery: Recovery) {
        let rules = (
            retention: try RetentionRules.builtIn(), space: try SpaceRules.builtIn(), clock: try ClockRules.builtIn()
        )
        let (store, closed) = try await apart { () throws(StoreError) -> (Store, Int) in
            let files = try DurableFolder.prepare(folder, files: probe.files)
            let lock = try StoreLock(in: files)
            try files.requirePlainDatabase()
            // Before SQLite, which gives its log the mode of the database.
            var closed = try files.closeToOthers()
            let packetFiles = try DurableFolder.prepare(files.path(of: packetFolderName), files: probe.files)
            closed += try packetFiles.closeToOthers()
            try files.syncFolder()
            try StoreRemains(in: files).requireDatabase()
            // SQLite gives its log the mode of the database file, so the file is made before SQLite can.
            if try files.size(of: databaseName) == nil { try files.write([], to: databaseName) }
            try MemoryReserve.prepare(settings.memoryReserve)
            let seals = OpenedSeals()
            let store = Store(
                kit: kit, database: try connect(to: files.path(of: databaseName), settings, seals), seals: seals,
                files: files, packetFiles: packetFiles, sealing: sealing, clock: clock, probe: probe,
                timekeeping: timekeeping ?? (clock as? any TimekeepingClock)?.timekeeping ?? .none,
                rules: rules, settings: settings, lock: lock)
            return (store, closed)
        }
        do {
            return (store, try await store.start(settings, migrations, closed: closed))
        } catch {
            try await apart { () throws(StoreError) in store.close() }
            throw error
        }
    }

    /// Runs what waits for a disk on a thread of its own: Swift's cooperative pool may not wait.
    private static func apart<Value: Sendable>(
        _ work: @escaping @Sendable () throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let result: Result<Value, StoreError> = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: Result { () throws(StoreError) in try work() })
            }
        }
        return try result.get()
    }

    private func start(
        _ settings: StoreSettings, _ migrations: [SchemaMigration], closed: Int
    ) async throws(StoreError) -> Recovery {
        try await perform { store, database in
            try settings.verify(database)
            try store.refuseNewerSchema(database, known: migrations)
        }
        try MemoryReserve.prepare(settings.memoryReserve)
        try await Self.apart { [self] () throws(StoreError) in try migrate(migrations) }
        try await openMark()
        return try await recover(closed: closed)
    }

    private static func connect(
        to path: String, _ settings: StoreSettings, _ seals: OpenedSeals
    ) throws(StoreError) -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "store"
        // The library would end the program at a transaction that cannot be taken back; `perform` does it later.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { database in
            try settings.apply(to: database)
            for function in seals.functions { database.add(function: function) }
        }
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw StoreError(error)
        }
    }

    private func refuseNewerSchema(_ database: Database, known: [SchemaMigration]) throws {
        guard try database.tableExists("grdb_migrations") else { return }
        let applied = try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations ORDER BY identifier")
        let names = Set(known.map(\.name))
        if let unknown = applied.last(where: { !names.contains($0) }) { throw StoreError.newerSchema(found: unknown) }
    }

    /// Each migration is a transaction: power that goes in the middle leaves the schema of before.
    private func migrate(_ migrations: [SchemaMigration]) throws(StoreError) {
        do {
            try Self.migrator(migrations).migrate(database)
        } catch {
            throw StoreError(error)
        }
    }

    static func migrator(_ migrations: [SchemaMigration]) -> DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
        }
        return migrator
    }

    static let keyCheckName = RecordName(table: "store_mark", id: "key_check", revision: 1)
    /// Of the store's rows.
    var rowSeals: RowSeals {
        get throws(StoreError) { try openedSeals.seals }
    }

    /// Not `transact`: nothing can be said of the clock before the rows that tell of it are believed.
    private func openMark() async throws(StoreError) {
        try await perform { store, database in
            try database.inTransaction(.immediate) {
                try store.checkMark(database)
                try store.probe.reached(.rowsWritten, of: .open)
                return .commit
            }
            try store.probe.reached(.committed, of: .open)
        }
    }

    /// Marks a new store with its kit and mode; refuses another's.
    private func checkMark(_ database: Database) throws {
        guard let row = try Row.fetchOne(database, sql: "SELECT mode, kit, key_check FROM store_mark") else {
            try StoreRemains(in: files).requireNew()
            let (seals, mark) = try RowSeals.make()
            let check = try sealing.seal(mark, as: Self.keyCheckName)
            let now = clock.now().milliseconds
            try database.execute(
                sql: "INSERT INTO store_mark (id, mode, kit, key_check, created_at) VALUES (1, ?, ?, ?, ?)",
                arguments: [modeName, kit.id.text, databaseBlob(check), now])
            // The rows that the schema itself came with.
            return try sealRows(under: seals, database)
        }
        let (mode, owner) = (try row.value("mode") as String, try row.value("kit") as String)
        guard mode == modeName else { throw StoreError.otherMode(foundTraining: !kit.isTraining) }
        guard owner == kit.id.text else { throw StoreError.otherKit(found: KitID(owner)) }
        let opened = try? sealing.open(bytes(try row.value("key_check")), as: Self.keyCheckName)
        guard let opened, let mark = try RowSeals.Mark(opened) else { throw StoreError.otherKey }
        switch mark {
        case .everyRow(let seals): openedSeals.set(seals)
        case .queue(let seals): try sealRows(of: seals, database)
        case .none: try sealRows(of: nil, database)
        }
    }

    /// The mark of an earlier program says that its rows have no seals, or only those of the queue. It lies under the
    /// store key, so that nobody else brings a store back to where rows without a seal are believed.
    ///
    /// The key is a new one: whoever kept the earlier mark and puts it back has a queue that fits no more.
    private func sealRows(of earlier: RowSeals?, _ database: Database) throws {
        try sealRows(under: try renewMark(insteadOf: earlier, database), database)
    }

    /// Seals all rows under a key of their own making, as the store key gives way to another; within its transaction.
    ///
    /// It holds from `OpenedSeals.advance` on, once the transaction is durable. Who knew the earlier store key knew
    /// the earlier key of the rows.
    func renewRowSeals(_ database: Database) throws {
        openedSeals.set(try renewMark(insteadOf: try rowSeals, database), as: .next)
        for table in SealedTable.all { try table.renewAll(database) }
    }

    /// Seals the queue, and writes a new key of the rows into the store's mark.
    private func renewMark(insteadOf earlier: RowSeals?, _ database: Database) throws -> RowSeals {
        let (seals, mark) = try RowSeals.make()
        try QueuedPacket.sealAll(seals, insteadOf: earlier, database)
        try PacketEntry.seal(seals, insteadOf: earlier, database)
        try database.execute(
            sql: "UPDATE store_mark SET key_check = ?",
            arguments: [databaseBlob(try sealing.seal(mark, as: Self.keyCheckName))])
        return seals
    }

    private func sealRows(under seals: RowSeals, _ database: Database) throws {
        openedSeals.set(seals)
        for table in SealedTable.all { try table.sealAll(database) }
    }

    private var modeName: String { kit.isTraining ? "training" : "production" }
}
