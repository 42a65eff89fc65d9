package import EnrolmentCore
import FoundationEssentials
import GRDB
package import PacketFormat

/// What would be lost if a kit's keys were destroyed now, and what would stay.
package struct ErasureLoss: Hashable, Sendable {
    /// Cases whose drafts nobody could open any more.
    package let drafts: [CaseID]
    package let visits: Int
    /// Sealed packets, and those of them that have not arrived at central; none needs a key of the kit.
    package let packets: Int
    package let waiting: Int
}

extension StoreKeys {
    /// What erasing would cost; changes nothing.
    package func loss(of store: Store) async throws(StoreError) -> ErasureLoss {
        try await store.perform { _, database in try Self.loss(database) }
    }

    /// Destroys the keys of the folder, and looks whether they are gone.
    ///
    /// What stays: packets with their manifests and receipts, and the journal. What goes: the places in the
    /// machine's safe, `store.key`, `kit.sealed`, every sealed record in the database. A copy of the folder that
    /// was made before opens nothing under a machine lock; under a passphrase it opens with that passphrase.
    ///
    /// The store is closed when this returns. Power can go at any point: `finishErasure` goes on.
    ///
    /// - Parameters:
    ///   - key: settled; wiped.
    ///   - known: plain text that the kit held, to be looked for afterwards.
    ///   - sign: signs for the kit, with the key in the bundle.
    package func erase(
        _ key: StoreKey, of store: Store, with passphrase: SecretBytes, known: [[UInt8]],
        sign: @escaping @Sendable (ErasureStatement) throws(StatementError) -> String
    ) async throws(StoreError) -> ErasureStatement {
        defer { key.wipe() }
        guard key.isSettled, let current = key.current else { throw .inUse }
        let search = try search(for: key, current, known)
        defer { search.wipe() }
        let begun = try await store.perform { store, database in
            try requireUnchanged(key)
            let found = try search.search(DurableFolder(path: folder)).found.count
            let statement = try begin(current, store, database)
            try record(statement, sign)
            try destroy(statement, database)
            try clear(database)
            return (statement: statement, found: found)
        }
        store.close()
        let proof = try prove(begun.statement, current, passphrase, search, foundBefore: begun.found)
        let statement = begun.statement.proven(by: proof, at: clock.now())
        try record(statement, sign)
        return statement
    }

    /// Goes on where an erasure was cut short: destroys what it had announced. The kit's signing key may be gone,
    /// so the statement stays `begun`.
    ///
    /// - Returns: what it had announced; nil when the folder tells of no erasure that can be read.
    package func finishErasure() throws(StoreError) -> ErasureStatement? {
        let files = try DurableFolder.prepare(folder, files: probe.files)
        let lock = try StoreLock(in: files)
        defer { lock.release() }
        let bytes = try files.read(ErasureRecord.fileName, atMost: ErasureRecord.largestByteCount)
        guard let bytes, let record = ErasureRecord(bytes), let statement = ErasureVerifier.unverified(record.statement)
        else { return nil }
        let chip = try namedChip(files)
        for index in statement.machineSlots where chip != nil {
            try destroy(MachineSlot(index: index, measurements: []), in: chip, for: .erase)
        }
        try removeKeyFiles()
        // Without a database nothing is left that was sealed, and none is made for that.
        guard let size = try files.size(of: Store.databaseName), size > 0 else { return statement }
        do {
            try MemoryReserve.prepare(MemoryReserve.byteCount)
            var configuration = Configuration()
            configuration.prepareDatabase { try StoreSettings.required.apply(to: $0) }
            let database = try DatabaseQueue(path: files.path(of: Store.databaseName), configuration: configuration)
            try database.writeWithoutTransaction { try clear($0) }
            try database.close()
        } catch {
            throw StoreError(error)
        }
        return statement
    }

    private static func loss(_ database: Database) throws -> ErasureLoss {
        let states = PacketState.waiting.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
        return ErasureLoss(
            drafts: try SealedDraft.cases(database).sorted().map { CaseID($0) },
            visits: try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM visit") ?? 0,
            packets: try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM packet") ?? 0,
            waiting: try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM packet WHERE state IN (\(states), 'conflict', 'refused')") ?? 0)
    }

    private func search(
        for key: StoreKey, _ current: StoreKey.Current, _ known: [[UInt8]]
    ) throws(StoreError) -> ByteSearch {
        var search = ByteSearch()
        for entry in key.ring.all { try search.add(key: entry.key) }
        try search.add(key: current.fileKey)
        for text in known { try search.add(text: text) }
        // What lay in the two files: its presence before shows that the search sees, its absence after that they
        // are gone. JSON holds the one as base64, the other is as it is.
        for entry in current.file.ring { try search.add(text: Array(entry.sealed.base64EncodedString().utf8)) }
        let files = try DurableFolder.prepare(folder, files: probe.files)
        try search.add(text: try files.read(SealedRecordFile.kit.name, from: 0, count: 256))
        return search
    }

    private func begin(
        _ current: StoreKey.Current, _ store: Store, _ database: Database
    ) throws -> ErasureStatement {
        try store.commit(.erase, database) { try Journal.add(.erased, at: clock.now(), to: database) }
        try probe.reached(.committed, of: .erase)
        let loss = try Self.loss(database)
        let journal = try Row.fetchOne(
            database, sql: "SELECT position, digest FROM journal ORDER BY position DESC LIMIT 1")
        return ErasureStatement(
            kit: store.kit.id, isTraining: store.kit.isTraining, stage: .begun, at: clock.now(),
            lock: current.file.lock.kind.rawValue, keyFileDigest: try store.files.digest(of: KeyFile.name),
            bundleFileDigest: try store.files.digest(of: SealedRecordFile.kit.name),
            keys: current.file.ring.map(\.id), machineSlots: current.slots.map(\.index),
            machineCounters: try Int64.fetchAll(database, sql: "SELECT place FROM machine_counter").compactMap {
                UInt32(exactly: $0)
            },
            draftsLost: loss.drafts.count, visitsLost: loss.visits, packetsKept: loss.packets,
            packetsWaiting: loss.waiting, journalLines: journal?["position"] ?? 0,
            journalDigest: journal?["digest"] ?? "", proof: nil)
    }

    private func record(
        _ statement: ErasureStatement, _ sign: (ErasureStatement) throws(StatementError) -> String
    ) throws(StoreError) {
        guard let compact = try? sign(statement) else { throw .unwritable("\(ErasureRecord.fileName) (no signature)") }
        let bytes = try ErasureRecord(statement: compact).encoded()
        try DurableFolder.prepare(folder, files: probe.files).replaceWiping(ErasureRecord.fileName, with: bytes) {
            (moment) throws(StoreError) in try probe.reached(moment, of: .erase)
        }
    }

    /// The machine first: from here on no copy of the folder opens.
    private func destroy(_ statement: ErasureStatement, _ database: Database) throws {
        let chip = try namedChip(DurableFolder.prepare(folder, files: probe.files))
        for index in statement.machineSlots {
            try destroy(MachineSlot(index: index, measurements: []), in: chip, for: .erase)
        }
        if let safe {
            for index in statement.machineCounters { try safe.destroy(MachineCounter(index: index)) }
        }
        try removeKeyFiles()
    }

    /// The chip that `store.key` names, as long as it is there: on another laptop nothing is destroyed.
    private func namedChip(_ files: DurableFolder) throws(StoreError) -> (any MachineSafe)? {
        guard safe != nil, let bytes = try files.read(KeyFile.name, atMost: KeyFile.largestByteCount),
            let file = try? KeyFile(bytes), file.lock.slot != nil
        else { return safe }
        return try file.lock.safe(safe)
    }

    private func removeKeyFiles() throws(StoreError) {
        let files = try DurableFolder.prepare(folder, files: probe.files)
        for name in [KeyFile.name, SealedRecordFile.kit.name].flatMap({ [$0, "\($0).part"] }) {
            try files.removeWiping(name) { (moment) throws(StoreError) in try probe.reached(moment, of: .erase) }
        }
    }

    /// Takes every sealed record out of the database and its log; they were unreadable already.
    private func clear(_ database: Database) throws {
        try database.inTransaction(.immediate) {
            try KeyWork.erasure.run(database) {
                for table in Set(SealedColumn.all.map(\.table)).subtracting(["store_mark"]).sorted() {
                    try database.execute(sql: "DELETE FROM \(table)")
                }
                for table in [DraftStore.table, DraftStore.keyTable, "machine_counter"] {
                    try database.execute(sql: "DELETE FROM \(table)")
                }
                try database.execute(sql: "UPDATE store_mark SET key_check = zeroblob(0)")
            }
            try probe.reached(.rowsWritten, of: .erase)
            return .commit
        }
        try probe.reached(.committed, of: .erase)
        _ = try database.checkpoint(.truncate)
    }

    private func prove(
        _ statement: ErasureStatement, _ current: StoreKey.Current, _ passphrase: SecretBytes, _ search: ByteSearch,
        foundBefore: Int
    ) throws(StoreError) -> ErasureStatement.Proof {
        guard let refused = refusal({ () throws(StoreError) in _ = try open(with: passphrase) }) else {
            throw .unwritable("the erasure (the passphrase still opens)")
        }
        var machine: String?
        if current.file.lock.kind == .machine {
            machine = refusal { () throws(StoreError) in
                try current.file.lock.wrappingKey(passphrase: passphrase, safe: safe).wipe()
            }
            guard machine != nil else { throw .unwritable("the erasure (the machine still opens)") }
            try expectRefused(current.file)
        }
        let outcome: ByteSearch.Outcome
        do {
            outcome = try search.search(DurableFolder(path: folder))
        } catch {
            throw StoreError(error)
        }
        return ErasureStatement.Proof(
            passphraseRefused: refused, machineRefused: machine, filesSearched: outcome.files,
            bytesSearched: outcome.bytes, needles: search.count, found: outcome.found.count, foundBefore: foundBefore)
    }

    /// Asks the chip whether it still holds what the cards opened.
    private func expectRefused(_ file: KeyFile) throws(StoreError) {
        guard let cards = file.cards else { return }
        let chip = try file.lock.safe(safe)
        guard try !asking({ () throws(MachineSafeError) in try chip.holds(cards.slot) }) else {
            throw .unwritable("the erasure (the cards still open)")
        }
    }

    private func refusal(_ attempt: () throws(StoreError) -> Void) -> String? {
        do throws(StoreError) {
            try attempt()
            return nil
        } catch .machineChanged(let error) {
            return "\(error)"
        } catch {
            return error.code.text
        }
    }
}
