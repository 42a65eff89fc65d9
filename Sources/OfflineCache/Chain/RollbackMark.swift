package import EnrolmentCore
import GRDB

/// A time at which this data folder turned out to be an older copy of itself.
package struct RollbackMark: Hashable, Sendable {
    package enum Finder: String, CaseIterable, Sendable {
        /// Central showed manifests that this kit signed and does not have.
        case central
        /// The machine's counter is ahead of the folder's.
        case machine
    }

    package let foundAt: Timestamp
    package let foundBy: Finder
    /// Where the kit's own manifests ended.
    package let ownSequence: Int
    /// What central holds; nil until central has been met, and before that nobody can accept it.
    package let central: ManifestChainHead?
    package let acceptedAt: Timestamp?
    /// The number after which the kit's manifests go on; nil until it is accepted.
    package let continuedAfter: Int?
}

extension RollbackMark {
    init(_ row: Row) throws {
        guard let finder = Finder(rawValue: try row.value("found_by")) else {
            throw StoreError.unreadable("the database (rollback mark)")
        }
        foundAt = timestamp(try row.value("found_at"))
        foundBy = finder
        ownSequence = try row.value("own_sequence")
        central = try (row.optional("central_sequence") as Int?).map {
            ManifestChainHead(sequence: $0, digest: try row.optional("central_digest"))
        }
        acceptedAt = (try row.optional("accepted_at") as Int64?).map { timestamp($0) }
        continuedAfter = try row.optional("continued_after")
    }

    /// The one that nobody has accepted yet.
    static func open(_ database: Database) throws -> RollbackMark? {
        let sql = "SELECT * FROM rollback_mark WHERE accepted_at IS NULL AND \(SealedTable.rollbackMark.isWhole)"
        return try Row.fetchOne(database, sql: sql).map { try RollbackMark($0) }
    }

    /// - Throws: `rolledBack` while one waits to be accepted, or one may: a changed row says nothing.
    static func requireNone(_ database: Database) throws {
        guard try open(database) == nil, try !hasChanged(database) else { throw StoreError.rolledBack }
    }

    /// Whether a row is not as the kit wrote it, and either waits to be accepted or has none behind it that is whole.
    private static func hasChanged(_ database: Database) throws -> Bool {
        let whole = SealedTable.rollbackMark.isWhole
        let sql = "SELECT EXISTS (SELECT 1 FROM rollback_mark WHERE NOT \(whole) AND NOT \(isSettled))"
        return try Bool.fetchOne(database.cachedStatement(sql: sql)) ?? false
    }

    /// SQL, of a row that is not whole: whether a later one, which is, tells what has to be known.
    static let isSettled = """
        (rollback_mark.accepted_at IS NOT NULL AND rollback_mark.id < IFNULL((
            SELECT MAX(id) FROM rollback_mark WHERE \(SealedTable.rollbackMark.isWhole)), 0))
        """

    /// Notes an older copy where a mark was changed: whether it was accepted, and after which number, has to be told
    /// anew. Within a transaction.
    static func noteChanged(in store: Store, _ database: Database) throws {
        guard try hasChanged(database) else { return }
        try ManifestChain.note(.machine, central: nil, in: store, database)
    }

    /// Writes a mark that waits to be accepted. There is one place for such a row: one in it that was changed gives way.
    static func begin(_ finder: Finder, in store: Store, _ database: Database) throws {
        let own = try ChainHead.believed(.manifest, store.rowSeals, database)
        let now = store.clock.now()
        var place = try Int64.fetchOne(database, sql: "SELECT id FROM rollback_mark WHERE accepted_at IS NULL")
        if let place {
            try database.execute(
                sql: """
                    UPDATE rollback_mark SET found_at = ?, found_by = ?, own_sequence = ?, central_sequence = NULL,
                        central_digest = NULL, accepted_by = NULL, continued_after = NULL
                    WHERE id = ?
                    """, arguments: [now.milliseconds, finder.rawValue, own.sequence, place])
        } else {
            try database.execute(
                sql: "INSERT INTO rollback_mark (found_at, found_by, own_sequence) VALUES (?, ?, ?)",
                arguments: [now.milliseconds, finder.rawValue, own.sequence])
            place = database.lastInsertedRowID
        }
        try SealedTable.rollbackMark.seal(database, place)
        try Journal.add(.rolledBack, at: now, reason: finder.rawValue, to: database)
    }
}
