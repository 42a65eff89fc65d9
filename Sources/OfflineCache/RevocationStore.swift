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

/// Evidence that was kept and is not as the kit wrote it, or does not open. It may have told of a revocation.
package struct DamagedEvidence: Hashable, Sendable {
    package let id: Int
    /// What it was an answer to; nil where that cannot be told either, and it may have been anything.
    package let subject: [UInt8]?
}

/// All the evidence that is there, oldest first.
package struct HeldEvidence: Hashable, Sendable {
    package internal(set) var whole: [StoredEvidence] = []
    /// None any more, until an answer to the same question takes its place; where it cannot be told what it was about,
    /// until any answer comes.
    package internal(set) var damaged: [DamagedEvidence] = []
}

/// What is to be asked about revocations, and what was answered; sealed on disk, since the number of a
/// certificate leads to its holder.
package struct RevocationStore: Sendable {
    let store: Store

    /// Notes a question; one that waits already is not asked twice.
    package func ask(_ content: [UInt8]) async throws(StoreError) {
        try await store.transact(.askRevocation) { store, database in
            let questions = try Self.questions(store, database)
            for id in questions.damaged { try Self.drop(id, database) }
            guard !questions.whole.contains(where: { $0.content == content }) else { return }
            let id = try Self.nextID("revocation_question", database)
            let sealed = try store.sealing.seal(content, as: Self.questionName(id))
            try database.execute(
                sql: "INSERT INTO revocation_question (id, asked_at, sealed) VALUES (?, ?, ?)",
                arguments: [id, store.clock.now().milliseconds, databaseBlob(sealed)])
            try SealedTable.revocationQuestion.seal(database, id)
        }
    }

    /// Oldest first; one that is not as the kit wrote it, or does not open, is left out, and may be asked again.
    package func waiting() async throws(StoreError) -> [WaitingQuestion] {
        try await store.perform { try Self.questions($0, $1).whole }
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
        try await store.transact(.answerRevocation, of: content.count) { store, database in
            try Self.drop(id, database)
            try Self.keep(content, kind, about: subject, store, database)
        }
    }

    /// Keeps evidence that nobody asked for here, in the place of an earlier one about the same.
    package func keep(
        _ content: [UInt8], _ kind: StoredEvidence.Kind, about subject: [UInt8]
    ) async throws(StoreError) {
        try await store.transact(.answerRevocation, of: content.count) { store, database in
            try Self.keep(content, kind, about: subject, store, database)
        }
    }

    /// Oldest first; what is not as the kit wrote it, or does not open, is no evidence.
    ///
    /// Whoever concludes from it that something was not revoked looks at all that is held.
    package func evidence() async throws(StoreError) -> [StoredEvidence] { try await held().whole }

    /// The evidence, and what was some.
    package func held() async throws(StoreError) -> HeldEvidence {
        try await store.perform { store, database in
            var held = HeldEvidence()
            for row in try Self.rows(.revocationEvidence, database) {
                if let evidence = try Self.evidence(row, store) {
                    held.whole.append(evidence)
                } else {
                    let subject = try Self.subject(row, store)
                    held.damaged.append(DamagedEvidence(id: try row.value("id"), subject: subject))
                }
            }
            return held
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
        for id in try questions(store, database).damaged { try drop(id, database) }
        for row in try rows(.revocationEvidence, database) {
            // One that does not even tell what it is about would never give way to another.
            if let held = try Self.subject(row, store), held != subject { continue }
            let id: Int = try row.value("id")
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

    /// Those that wait, and the ids of those that are of no use any more.
    private static func questions(
        _ store: Store, _ database: Database
    ) throws -> (whole: [WaitingQuestion], damaged: [Int]) {
        var (whole, damaged): ([WaitingQuestion], [Int]) = ([], [])
        for row in try rows(.revocationQuestion, database) {
            let id: Int = try row.value("id")
            if try row.value("is_whole"), let content = try opened(row, "sealed", as: questionName(id), store) {
                whole.append(
                    WaitingQuestion(id: id, askedAt: timestamp(try row.value("asked_at")), content: content))
            } else {
                damaged.append(id)
            }
        }
        return (whole, damaged)
    }

    /// Nil for a row that is not as the kit wrote it, or does not open.
    private static func evidence(_ row: Row, _ store: Store) throws -> StoredEvidence? {
        let id: Int = try row.value("id")
        guard try row.value("is_whole"), let kind = StoredEvidence.Kind(rawValue: try row.value("kind")),
            let subject = try subject(row, store),
            let content = try opened(row, "sealed", as: evidenceName(id), store)
        else { return nil }
        return StoredEvidence(
            id: id, kind: kind, fetchedAt: timestamp(try row.value("fetched_at")), subject: subject, content: content)
    }

    /// By the record alone, which is bound to its row: whatever else was changed in the row, this is what it was about.
    private static func subject(_ row: Row, _ store: Store) throws -> [UInt8]? {
        try opened(row, "sealed_subject", as: subjectName(try row.value("id")), store)
    }

    /// Nil for a record that does not open.
    private static func opened(
        _ row: Row, _ column: String, as name: RecordName, _ store: Store
    ) throws(StoreError) -> [UInt8]? {
        guard let sealed: Data = try? row.value(column) else { return nil }
        do throws(StoreError) {
            return try store.sealing.open(bytes(sealed), as: name)
        } catch {
            if case .recordDamaged = error { return nil }
            throw error
        }
    }

    /// Oldest first, with `is_whole`.
    private static func rows(_ table: SealedTable, _ database: Database) throws -> [Row] {
        try Row.fetchAll(database, sql: "SELECT *, \(table.isWhole) AS is_whole FROM \(table.name) ORDER BY id")
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
