package import EnrolmentCore
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
    /// The journal's latest version may only be kept again where the list itself has gone. A roster's own
    /// time is noted as one that has surely been.
    package func keep(_ list: SignedList) async throws(StoreError) -> ListKeeping {
        try await store.transact(.keepList) { store, database in
            let known = try Self.latestVersion(of: list.kind, database) ?? 0
            let held = try Self.heldVersion(of: list.kind, database) ?? 0
            guard list.version >= known, list.version > held else { return .notNewer(held: max(known, held)) }
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
    ///   of one where there is none: an old row was put back, or the row taken out.
    package func list(_ kind: SignedListKind) async throws(StoreError) -> HeldList? {
        try await store.perform { store, database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT *, \(SealedTable.signedList.isWhole) AS is_whole FROM signed_list WHERE name = ?",
                arguments: [kind.rawValue])
            let known = try Self.latestVersion(of: kind, database)
            guard try row?.value("version") == known else {
                throw StoreError.listGoneBack(kind.rawValue, known: known ?? 0)
            }
            guard let row, let version = known else { return nil }
            try SealedTable.signedList.require(row, kind.rawValue)
            let content = try store.sealing.open(bytes(try row.value("sealed")), as: Self.recordName(kind, version))
            return HeldList(
                kind: kind, version: version, storedAt: timestamp(try row.value("stored_at")),
                compact: String(decoding: content, as: UTF8.self))
        }
    }

    private static func heldVersion(of kind: SignedListKind, _ database: Database) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT version FROM signed_list WHERE name = ?", arguments: [kind.rawValue])
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
