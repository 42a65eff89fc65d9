package import EnrolmentCore
import FoundationEssentials
import GRDB

/// A question about a revocation that waits for the next synchronisation.
package struct WaitingQuestion: Hashable, Sendable, CustomStringConvertible {
    package let id: Int
    package let askedAt: Timestamp
    /// As it was asked; leads to a person.
    package let content: [UInt8]

    package var description: String { "WaitingQuestion(\(id), \(content.count) bytes)" }
}

/// What says whether certificates were revoked, as an authority signed it.
package struct StoredEvidence: Hashable, Sendable, CustomStringConvertible {
    package enum Kind: String, CaseIterable, Sendable {
        /// A revocation list (RFC 5280 5).
        case crl
        /// An answer about one certificate (RFC 6960).
        case ocsp
    }

    package let id: Int
    package let kind: Kind
    package let fetchedAt: Timestamp
    /// What it is an answer to, as the asker put it.
    package let subject: [UInt8]
    /// DER; verified by whoever uses it.
    package let content: [UInt8]

    package var description: String { "StoredEvidence(\(kind.rawValue), \(content.count) bytes)" }
}

/// What is to be asked about revocations, and what was answered; sealed on disk, since the number of a
/// certificate leads to its holder.
package struct RevocationStore: Sendable {
    let store: Store

    /// Notes a question; one that waits already is not asked twice.
    package func ask(_ content: [UInt8]) async throws(StoreError) {
        try await store.transact(.askRevocation) { store, database in
            guard try !Self.questions(store, database).contains(where: { $0.content == content }) else { return }
            let id = try Self.nextID("revocation_question", database)
            let sealed = try store.sealing.seal(content, as: Self.questionName(id))
            try database.execute(
                sql: "INSERT INTO revocation_question (id, asked_at, sealed) VALUES (?, ?, ?)",
                arguments: [id, store.clock.now().milliseconds, databaseBlob(sealed)])
            try SealedTable.revocationQuestion.seal(database, id)
        }
    }

    /// Oldest first; one that is not as the kit wrote it is left out, and may be asked again.
    package func waiting() async throws(StoreError) -> [WaitingQuestion] {
        try await store.perform { try Self.questions($0, $1) }
    }

    /// Takes a question off the list without an answer: it cannot be asked.
    package func drop(_ id: Int) async throws(StoreError) {
        try await store.transact(.answerRevocation) { _, database in try Self.drop(id, database) }
    }

    /// Keeps an answer in the place of an earlier one to the same question, and takes the question off
    /// the list.
    package func answer(
        _ id: Int, about subject: [UInt8], with content: [UInt8], _ kind: StoredEvidence.Kind
    ) async throws(StoreError) {
        try await store.transact(.answerRevocation) { store, database in
            try Self.drop(id, database)
            try Self.keep(content, kind, about: subject, store, database)
        }
    }

    /// Keeps evidence that nobody asked for here, in the place of an earlier one about the same.
    package func keep(
        _ content: [UInt8], _ kind: StoredEvidence.Kind, about subject: [UInt8]
    ) async throws(StoreError) {
        try await store.transact(.answerRevocation) { store, database in
            try Self.keep(content, kind, about: subject, store, database)
        }
    }

    /// Oldest first; what is not as the kit wrote it is no evidence.
    package func evidence() async throws(StoreError) -> [StoredEvidence] {
        try await store.perform { store, database in
            let whole = SealedTable.revocationEvidence.isWhole
            let sql = "SELECT * FROM revocation_evidence WHERE \(whole) ORDER BY id"
            return try Row.fetchAll(database, sql: sql).compactMap { row in
                guard let kind = StoredEvidence.Kind(rawValue: try row.value("kind")) else { return nil }
                let id: Int = try row.value("id")
                return StoredEvidence(
                    id: id, kind: kind, fetchedAt: timestamp(try row.value("fetched_at")),
                    subject: try store.sealing.open(bytes(try row.value("sealed_subject")), as: Self.subjectName(id)),
                    content: try store.sealing.open(bytes(try row.value("sealed")), as: Self.evidenceName(id)))
            }
        }
    }

    /// Destroys evidence: an answer about a person is not kept for longer than it is of use.
    package func forget(_ ids: [Int]) async throws(StoreError) {
        try await store.perform { store, database in
            try store.commit(.answerRevocation, database) {
                for id in ids {
                    try database.execute(sql: "DELETE FROM revocation_evidence WHERE id = ?", arguments: [id])
                }
            }
            store.sweepQuietly(database)
        }
    }

    private static func keep(
        _ content: [UInt8], _ kind: StoredEvidence.Kind, about subject: [UInt8], _ store: Store,
        _ database: Database
    ) throws {
        for row in try Row.fetchAll(database, sql: "SELECT id, sealed_subject FROM revocation_evidence") {
            let id: Int = try row.value("id")
            let held = try store.sealing.open(bytes(try row.value("sealed_subject")), as: subjectName(id))
            guard held == subject else { continue }
            try database.execute(sql: "DELETE FROM revocation_evidence WHERE id = ?", arguments: [id])
        }
        let id = try nextID("revocation_evidence", database)
        try database.execute(
            sql: """
                INSERT INTO revocation_evidence (id, kind, fetched_at, sealed_subject, sealed)
                VALUES (?, ?, ?, ?, ?)
                """,
            arguments: [
                id, kind.rawValue, store.clock.now().milliseconds,
                databaseBlob(try store.sealing.seal(subject, as: subjectName(id))),
                databaseBlob(try store.sealing.seal(content, as: evidenceName(id))),
            ])
        try SealedTable.revocationEvidence.seal(database, id)
    }

    private static func questions(_ store: Store, _ database: Database) throws -> [WaitingQuestion] {
        let whole = SealedTable.revocationQuestion.isWhole
        let sql = "SELECT * FROM revocation_question WHERE \(whole) ORDER BY id"
        return try Row.fetchAll(database, sql: sql).map { row in
            let id: Int = try row.value("id")
            return WaitingQuestion(
                id: id, askedAt: timestamp(try row.value("asked_at")),
                content: try store.sealing.open(bytes(try row.value("sealed")), as: questionName(id)))
        }
    }

    private static func drop(_ id: Int, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM revocation_question WHERE id = ?", arguments: [id])
    }

    private static func nextID(_ table: String, _ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT IFNULL(MAX(id), 0) + 1 FROM \(table)") ?? 1
    }

    private static func questionName(_ id: Int) -> RecordName {
        RecordName(table: "revocation_question", id: String(id), revision: 1)
    }

    private static func subjectName(_ id: Int) -> RecordName {
        RecordName(table: "revocation_evidence.subject", id: String(id), revision: 1)
    }

    private static func evidenceName(_ id: Int) -> RecordName {
        RecordName(table: "revocation_evidence", id: String(id), revision: 1)
    }
}
