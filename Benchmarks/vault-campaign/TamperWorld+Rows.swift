import CentralServer
import EnrolmentCore
import GRDB
import OfflineCache
import PacketFormat

/// Something in as many tables as a kit fills in a day, and all that is read of it.
extension TamperWorld {
    private static let officer = OfficerID("o-test")

    static func fill(_ kit: KitStore, exporting packet: PacketID) async throws {
        let store = kit.store
        try await store.packets.noteExport([packet], to: "TEST-stick")
        try await store.revocations.ask(Array("TEST question".utf8))
        try await store.revocations.keep(Array("TEST answer".utf8), .crl, about: Array("TEST subject".utf8))
        let cost = Argon2id.Cost(memoryKiB: 8192, passes: 1)
        try await store.passphrases.set(try passphrase(), for: officer, cost: cost)
        let limit = TryLimit(freeTries: 3, firstWait: .seconds(60), longestWait: .seconds(600))
        _ = try await store.passphrases.check(
            try SecretBytes(), of: officer, limit: limit, now: Uptime(boot: "TEST", elapsed: .seconds(1)))
        try await store.clockMark.note(SystemWallClock().now(), from: .roster)
        // An older copy that was accepted, from where the kit's own manifests end.
        try await store.chain.noteRollback(foundBy: .central, central: try await store.chain.head())
        _ = try await store.chain.accept(by: officer)
        let now = SystemWallClock().now()
        guard let date = CalendarDate(iso8601: "2026-11-22") else { throw CampaignFailure("a date") }
        let day = ClosingDay(date: date, begins: now.advanced(by: .seconds(-1)), ends: now.advanced(by: .seconds(1)))
        for _ in 0..<2 {
            _ = try await store.seals.close(day, by: officer, because: .goesOnTomorrow, with: kit.kit.signingKey)
            try await store.journal.note(.officerLoggedIn, officer: officer, reason: "card")
        }
        try await store.seals.markSent(1)
    }

    /// What `fill` put there, line by line.
    static func rows(of kit: KitStore) async throws -> [String] {
        let store = kit.store
        var lines: [String] = []
        var query = QueueQuery()
        query.limit = 1000
        for line in try await store.packets.page(query).lines {
            lines.append("export \(line.id) \(String(describing: line.exportedAt))")
            for attempt in try await store.packets.attempts(of: line.id) { lines.append("\(line.id) \(attempt)") }
        }
        lines += try await store.revocations.waiting().map { "question \($0.id) \($0.askedAt) \($0.content)" }
        lines += try await store.revocations.evidence().map {
            "evidence \($0.id) \($0.kind) \($0.fetchedAt) \($0.subject) \($0.content)"
        }
        lines.append("passphrase \(try await store.passphrases.isSet(for: officer))")
        lines.append("known \(String(describing: try await store.clockMark.lastKnown()))")
        lines.append("rollback \(try await store.chain.acceptedFloor()) \(try await store.chain.mark() == nil)")
        let head = try await store.chain.head()
        lines.append("manifests \(head.sequence) \(head.digest ?? "-")")
        lines += try await store.seals.statements()
        lines += try await store.seals.unsent().map { "unsent \($0.number)" }
        return lines
    }

    /// Bytes of the database's pages that hold rows of a table with seals, as far as they are not zero: free room is.
    ///
    /// Not the pages behind the first of a long value, which the value's own seal covers.
    static func livePlaces(in bytes: [UInt8], at path: String, tables: [String]) throws -> [Int] {
        let database = try DatabaseQueue(path: path)
        defer { try? database.close() }
        let wanted = Set(tables)
        let pages = try database.read { database in
            let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 4096
            let sql = "SELECT name, pageno FROM dbstat WHERE pagetype <> 'overflow'"
            return try Row.fetchAll(database, sql: sql).compactMap { row -> Range<Int>? in
                let (name, page): (String, Int) = (row["name"], row["pageno"])
                // Its indices bear its name, too.
                let table = name.hasPrefix("sqlite_autoindex_") ? String(name.dropFirst(17)) : name
                guard wanted.contains(where: { table == $0 || table.hasPrefix("\($0)_") }) else { return nil }
                return (page - 1) * size..<page * size
            }
        }
        return pages.flatMap { $0.filter { bytes[$0] != 0 } }.sorted()
    }
}
