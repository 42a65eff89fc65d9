package import EnrolmentCore
import FoundationEssentials
import GRDB
package import PacketFormat

/// A list as it lies in the store, still to be verified by whoever uses it.
package struct HeldList: Hashable, Sendable, CustomStringConvertible {
    package let kind: SignedListKind
    /// As was verified when it was stored.
    package let version: Int
    package let storedAt: Timestamp
    /// The JWS. A roster names persons by their national number.
    package let compact: String

    package var description: String { "HeldList(\(kind.rawValue) \(version))" }
}

/// What became of a list that was to be kept.
package enum ListKeeping: Hashable, Sendable {
    case kept
    /// It is the version that is held already, or an earlier one; nothing was changed.
    case notNewer(held: Int)
}

/// The lists that central signed, sealed on disk.
///
/// The store knows no keys of central's: it takes lists that were verified, keeps the statements, and
/// whoever reads one back verifies it again.
package struct SignedListStore: Sendable {
    let store: Store

    /// Keeps a list in the place of an earlier version.
    ///
    /// The journal's latest version may only be kept again where the list itself has gone, or is not as the kit wrote
    /// it: such a row says nothing, whatever version it names, and gives way to what central signed. What is lost by
    /// that is little: whoever damages the row and also cuts the journal's end, which the day's seals tell of, can have
    /// an earlier list taken again, which central signed for this kit all the same and which must not have run out. A
    /// roster's own time is noted as one that has surely been.
    package func keep(_ list: SignedList) async throws(StoreError) -> ListKeeping {
        try await store.transact(.keepList) { store, database in
            let known = try Self.latestVersion(of: list.kind, database) ?? 0
            let held = try Self.heldVersion(of: list.kind, store, database)
            // The one that is held, again, only where the journal tells of another, so that nobody uses it.
            let isNewer = held.map { list.version > $0 || list.version == $0 && $0 != known } ?? true
            guard list.version >= known, isNewer else { return .notNewer(held: max(known, held ?? 0)) }
            if held == nil || held == list.version { try Self.clear(list.kind, database) }
            let sealed = try store.sealing.seal(Array(list.compact.utf8), as: Self.recordName(list.kind, list.version))
            try database.execute(
                sql: """
                    INSERT INTO signed_list (name, version, stored_at, sealed) VALUES (?, ?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET
                        version = excluded.version, stored_at = excluded.stored_at, sealed = excluded.sealed
                    """,
                arguments: [
                    list.kind.rawValue, list.version, store.clock.now().milliseconds, databaseBlob(sealed),
                ])
            try SealedTable.signedList.seal(database, list.kind.rawValue)
            if let roster = list.roster { try ClockMark.note(roster.issuedAt, from: .roster, store, database) }
            try Journal.add(
                list.kind.stored, at: store.clock.now(), reason: String(list.version), to: database)
            return .kept
        }
    }

    /// The list that is held; nil when there never was one.
    ///
    /// - Throws: `listGoneBack` when the journal tells of another version than the one that lies here, or
    ///   of one where there is none: an old row was put back, or the row taken out; `rowChanged` and `recordDamaged`
    ///   for one that is not as the kit wrote it. After any of them central's list can be kept again.
    package func list(_ kind: SignedListKind) async throws(StoreError) -> HeldList? {
        try await store.perform { store, database in
            let row = try Self.row(of: kind, database)
            let known = try Self.latestVersion(of: kind, database)
            let version: Int? = try? row?.value("version")
            guard version == known else { throw StoreError.listGoneBack(kind.rawValue, known: known ?? 0) }
            guard let row, known != nil else { return nil }
            return try Self.open(row, kind, store)
        }
    }

    /// - Throws: `rowChanged`, `recordDamaged`.
    private static func open(_ row: Row, _ kind: SignedListKind, _ store: Store) throws(StoreError) -> HeldList {
        try SealedTable.signedList.require(row, kind.rawValue)
        let version: Int = try row.value("version")
        let name = recordName(kind, version)
        guard let sealed = try? row.value("sealed") as Data else { throw .recordDamaged(name) }
        return HeldList(
            kind: kind, version: version, storedAt: timestamp(try row.value("stored_at")),
            compact: String(decoding: try store.sealing.open(bytes(sealed), as: name), as: UTF8.self))
    }

    /// Of the row that is there; nil for none, and for one that is not as the kit wrote it.
    private static func heldVersion(
        of kind: SignedListKind, _ store: Store, _ database: Database
    ) throws(StoreError) -> Int? {
        do {
            guard let row = try row(of: kind, database) else { return nil }
            return try open(row, kind, store).version
        } catch {
            switch StoreError(error) {
            case .rowChanged, .recordDamaged: return nil
            case let failure: throw failure
            }
        }
    }

    private static func row(of kind: SignedListKind, _ database: Database) throws -> Row? {
        try Row.fetchOne(
            database, sql: "SELECT *, \(SealedTable.signedList.isWhole) AS is_whole FROM signed_list WHERE name = ?",
            arguments: [kind.rawValue])
    }

    /// Takes a row out that nobody uses, if there is one: the schema lets the others go forward only.
    private static func clear(_ kind: SignedListKind, _ database: Database) throws {
        try KeyWork.erasure.run(database) {
            try database.execute(sql: "DELETE FROM signed_list WHERE name = ?", arguments: [kind.rawValue])
        }
    }

    /// By the journal, which is only added to.
    private static func latestVersion(of kind: SignedListKind, _ database: Database) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT MAX(CAST(reason AS INTEGER)) FROM journal WHERE event = ?",
            arguments: [kind.stored.rawValue])
    }

    private static func recordName(_ kind: SignedListKind, _ version: Int) -> RecordName {
        RecordName(table: "signed_list", id: kind.rawValue, revision: version)
    }
}

extension SignedListKind {
    fileprivate var stored: JournalEvent {
        switch self {
        case .roster: .rosterStored
        case .cardRoots: .cardRootsStored
        }
    }
}
