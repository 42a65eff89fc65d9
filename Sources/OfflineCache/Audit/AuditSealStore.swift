package import EnrolmentCore
import GRDB
package import PacketFormat

/// A day as the kit's own calendar has it.
package struct ClosingDay: Hashable, Sendable {
    package let date: CalendarDate
    /// Its first moment, and the first of the next day.
    package let begins: Timestamp
    package let ends: Timestamp

    package init(date: CalendarDate, begins: Timestamp, ends: Timestamp) {
        self.date = date
        self.begins = begins
        self.ends = ends
    }
}

/// What became of a wish to close a day.
package enum DaySealing: Hashable, Sendable {
    /// The day was closed by this seal.
    case closed(SignedAuditSeal)
    /// It was closed before; this seal covers what was done since.
    case added(SignedAuditSeal)
    /// It was closed before by this seal, and nothing has happened since.
    case unchanged(SignedAuditSeal)

    package var signed: SignedAuditSeal {
        switch self {
        case .closed(let signed), .added(let signed), .unchanged(let signed): signed
        }
    }
}

/// The seals under the journal, one for each close of a day; the database takes each once and edits none.
package struct AuditSealStore: Sendable {
    let store: Store

    /// Closes a day: adds its line to the journal and signs the journal's head, in one transaction.
    ///
    /// The lines since the last seal are read and their chain is verified first, so that nothing broken is
    /// signed. On a day that is closed already, what was done since gets a seal of its own; where nothing was,
    /// none is made.
    ///
    /// - Throws: `journalBroken`; `unwritable` when the key cannot sign.
    package func close(
        _ day: ClosingDay, by officer: OfficerID?, because reason: CloseReason?, with key: KitSigningKey
    ) async throws(StoreError) -> DaySealing {
        try await store.transact(.closeDay) { store, database in
            let verifier = AuditSealVerifier(kit: store.kit.id, keys: [key.verifyingKey])
            let last = try LastSeal.fetch(database)
            let covered = last?.position ?? 0
            let head = try Journal.head(database, after: covered, try Self.digest(at: covered, database))
            let part = try Self.parts(of: day, database)
            if let last, last.day == day.date.iso8601, last.position == head.position,
                let signed = try? verifier.verify(last.statement)
            {
                return .unchanged(signed)
            }
            let now = store.clock.now()
            try Journal.add(.dayClosed, at: now, officer: officer, reason: reason?.rawValue, to: database)
            let seal = try store.seal(day, part: part, behind: last, at: now, database)
            let signed = try Self.sign(seal, with: key)
            try Self.insert(signed, database)
            return part == 0 ? .closed(signed) : .added(signed)
        }
    }

    /// The statements of all seals, in order; still to be verified by whoever uses them.
    package func statements() async throws(StoreError) -> [String] {
        try await store.perform { _, database in
            try String.fetchAll(database, sql: "SELECT statement FROM audit_seal ORDER BY number")
        }
    }

    /// The statement of a day's latest seal; nil while the day is open.
    package func statement(of date: CalendarDate) async throws(StoreError) -> String? {
        try await store.perform { _, database in
            try String.fetchOne(
                database, sql: "SELECT statement FROM audit_seal WHERE day = ? ORDER BY part DESC LIMIT 1",
                arguments: [date.iso8601])
        }
    }

    /// The numbers and statements that central was not given yet, in order.
    ///
    /// - Parameter number: up to which central says that it holds them: one that was put back to an older state
    ///   gets the later ones again. Nil where it does not say.
    package func unsent(heldBy number: Int? = nil) async throws(StoreError) -> [(number: Int, statement: String)] {
        try await store.perform { _, database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT number, statement FROM audit_seal
                    WHERE sent_at IS NULL OR number > IFNULL(?, number) OR NOT \(SealedTable.auditSeal.isWhole)
                    ORDER BY number
                    """, arguments: [number]
            ).map { (try $0.value("number"), try $0.value("statement")) }
        }
    }

    /// How many central has, how many it was not given yet, and the last day that was closed.
    package func standing() async throws(StoreError) -> AuditSealStanding {
        try await store.perform { _, database in
            let counts = try Row.fetchOne(
                database, sql: "SELECT COUNT(sent_at) AS sent, COUNT(*) - COUNT(sent_at) AS waiting FROM audit_seal")
            let day = try String.fetchOne(
                database, sql: "SELECT day FROM audit_seal ORDER BY number DESC LIMIT 1")
            return AuditSealStanding(
                sent: try counts?.value("sent") ?? 0, waiting: try counts?.value("waiting") ?? 0,
                lastDay: day.flatMap { CalendarDate(iso8601: $0) })
        }
    }

    /// Notes that central has a seal.
    ///
    /// Central took the statement by its signature: so a row that says the same as the statement is believed again,
    /// whatever was changed in its MAC or in `sent_at`.
    package func markSent(_ number: Int) async throws(StoreError) {
        try await store.transact(.markSealsSent) { store, database in
            try database.execute(
                sql: """
                    UPDATE audit_seal SET sent_at = ?1, mac = \(SealedTable.auditSeal.seal(changing: ["sent_at": "?1"]))
                    WHERE number = ?2 AND sent_at IS NULL
                    """,
                arguments: [store.clock.now().milliseconds, number])
            if try Self.saysWhatItStates(number, database) { try SealedTable.auditSeal.seal(database, number) }
        }
    }

    private static func saysWhatItStates(_ number: Int, _ database: Database) throws -> Bool {
        let sql = "SELECT day, part, position, statement FROM audit_seal WHERE number = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [number]),
            let seal = SignedAuditSeal(kept: try row.value("statement"), by: "")?.seal
        else { return false }
        return try seal.number == number && seal.day == row.value("day") && seal.part == row.value("part")
            && seal.position == row.value("position")
    }

    /// Whether anything happened since the last seal.
    package func hasUnsealedLines() async throws(StoreError) -> Bool {
        try await store.perform { _, database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT IFNULL((SELECT MAX(position) FROM journal), 0)
                        > IFNULL((SELECT MAX(position) FROM audit_seal), 0)
                    """) ?? false
        }
    }

    private static func parts(of day: ClosingDay, _ database: Database) throws -> Int {
        let sql = "SELECT COUNT(*) FROM audit_seal WHERE day = ?"
        return try Int.fetchOne(database, sql: sql, arguments: [day.date.iso8601]) ?? 0
    }

    static func digest(at position: Int, _ database: Database) throws -> String {
        guard position > 0 else { return "" }
        let sql = "SELECT digest FROM journal WHERE position = ?"
        guard let digest = try String.fetchOne(database, sql: sql, arguments: [position]) else {
            throw StoreError.journalBroken(position: position)
        }
        return digest
    }

    private static func sign(_ seal: AuditSeal, with key: KitSigningKey) throws(StoreError) -> SignedAuditSeal {
        do throws(StatementError) {
            return try AuditSealSigner(key: key).sign(seal)
        } catch {
            throw .unwritable("the day's seal (\(error.description))")
        }
    }

    private static func insert(_ signed: SignedAuditSeal, _ database: Database) throws {
        let seal = signed.seal
        try database.execute(
            sql: "INSERT INTO audit_seal (number, day, part, position, statement) VALUES (?, ?, ?, ?, ?)",
            arguments: [seal.number, seal.day, seal.part, seal.position, signed.compact])
        try SealedTable.auditSeal.seal(database, seal.number)
    }
}

/// The row of the latest seal.
private struct LastSeal {
    let number: Int
    let day: String
    let position: Int
    let statement: String

    static func fetch(_ database: Database) throws -> LastSeal? {
        let sql = "SELECT number, day, position, statement FROM audit_seal ORDER BY number DESC LIMIT 1"
        return try Row.fetchOne(database, sql: sql).map { row in
            LastSeal(
                number: try row.value("number"), day: try row.value("day"), position: try row.value("position"),
                statement: try row.value("statement"))
        }
    }
}

extension Store {
    /// What is to be signed, with the journal as it stands.
    fileprivate func seal(
        _ day: ClosingDay, part: Int, behind last: LastSeal?, at now: Timestamp, _ database: Database
    ) throws -> AuditSeal {
        let position = try Int.fetchOne(database, sql: "SELECT MAX(position) FROM journal") ?? 0
        let standing = try ClockMark.standing(of: now, self, database)
        let manifests = try ChainHead.fetch(.manifest, database)
        let receipts = try ChainHead.fetch(.receipt, database)
        return AuditSeal(
            kit: kit, number: (last?.number ?? 0) + 1, day: day.date.iso8601, part: part, dayBegins: day.begins,
            dayEnds: day.ends, position: position, headDigest: try AuditSealStore.digest(at: position, database),
            previousSealDigest: last.map { AuditSealSigner.digest(of: $0.statement) },
            counts: try counts(after: last?.position ?? 0, database),
            manifests: AuditSeal.Head(sequence: manifests.sequence, digest: manifests.digest),
            receipts: AuditSeal.Head(sequence: receipts.sequence, digest: receipts.digest), sealedAt: now,
            timeConfidence: standing.confidence,
            timeEvidenceAge: standing.evidenceAge.map { Int($0.components.seconds) })
    }

    private func counts(after position: Int, _ database: Database) throws -> AuditSeal.Counts {
        let rows = try Row.fetchAll(
            database, sql: "SELECT event, COUNT(*) AS lines FROM journal WHERE position > ? GROUP BY event",
            arguments: [position])
        let events: [(String, Int)] = try rows.map { (try $0.value("event"), try $0.value("lines")) }
        return AuditSeal.Counts(
            events: Dictionary(events, uniquingKeysWith: +),
            waiting: try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM packet WHERE receipt IS NULL") ?? 0,
            setAside: try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM packet WHERE state IN ('conflict', 'refused')") ?? 0,
            openDrafts: try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM draft_key") ?? 0)
    }
}

extension Store {
    package var seals: AuditSealStore { AuditSealStore(store: self) }
}
