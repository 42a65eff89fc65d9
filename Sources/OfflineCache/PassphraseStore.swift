package import EnrolmentCore
import FoundationEssentials
import GRDB

/// What came of trying a passphrase.
package enum PassphraseAnswer: Hashable, Sendable {
    case right
    /// - Parameters:
    ///   - triesLeft: before there is a wait.
    ///   - wait: until the next one may be tried.
    case wrong(triesLeft: Int, wait: Duration)
    /// It was not looked at, since the wait is not over.
    case mustWait(Duration)
    /// None was set for this officer.
    case notSet
}

/// The officers' own passphrases: a hash each, sealed on disk, and how often each was wrong.
package struct PassphraseStore: Sendable {
    private static let table = "officer_passphrase"

    let store: Store

    package func isSet(for officer: OfficerID) async throws(StoreError) -> Bool {
        try await store.perform { _, database in try Self.revision(of: officer, database) != nil }
    }

    /// Sets or replaces an officer's passphrase, and forgets the wrong ones before.
    package func set(
        _ passphrase: SecretBytes, for officer: OfficerID, cost: Argon2id.Cost
    ) async throws(StoreError) {
        try await store.transact(.setPassphrase) { store, database in
            var generator = SystemRandomNumberGenerator()
            let salt = (0..<Argon2id.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let content = try JSONEncoder().encode(Argon2id(of: passphrase, salt: salt, cost: cost))
            let revision = (try Self.revision(of: officer, database) ?? 0) + 1
            let sealed = try store.sealing.seal([UInt8](content), as: Self.name(officer, revision))
            try database.execute(
                sql: """
                    INSERT INTO officer_passphrase (officer, revision, set_at, sealed) VALUES (?, ?, ?, ?)
                    ON CONFLICT (officer) DO UPDATE SET
                        revision = excluded.revision, set_at = excluded.set_at, sealed = excluded.sealed
                    """,
                arguments: [officer.text, revision, store.clock.now().milliseconds, databaseBlob(sealed)])
            try SealedTable.officerPassphrase.seal(database, officer.text)
            try Self.forgetTries(of: officer, database)
            try Journal.add(.passphraseSet, at: store.clock.now(), officer: officer, to: database)
        }
    }

    /// Tries a passphrase. The try is counted on disk before it is made: pulling the battery out in
    /// between gives none back.
    package func check(
        _ passphrase: SecretBytes, of officer: OfficerID, limit: TryLimit, now: Uptime
    ) async throws(StoreError) -> PassphraseAnswer {
        try await store.perform { store, database in
            guard let held = try Self.held(by: officer, store, database) else { return .notSet }
            let before = try Self.tries(of: officer, database)
            if before?.isWhole == false {
                // Nobody gains a try by a changed row: it counts as the longest series of wrong ones, from now on.
                try store.commit(.tryPassphrase, database) {
                    try Self.count(Self.manyFailures, of: officer, at: now, database)
                }
                try store.probe.reached(.committed, of: .tryPassphrase)
                return .mustWait(limit.wait(after: Self.manyFailures))
            }
            if let before {
                let wait = limit.waitLeft(after: before.failures, last: before.last, now: now)
                guard wait == .zero else { return .mustWait(wait) }
            }
            let failures = (before?.failures ?? 0) + 1
            try store.commit(.tryPassphrase, database) { try Self.count(failures, of: officer, at: now, database) }
            try store.probe.reached(.committed, of: .tryPassphrase)
            guard try held.matches(passphrase) else {
                return .wrong(triesLeft: max(0, limit.freeTries - failures), wait: limit.wait(after: failures))
            }
            try store.commit(.tryPassphrase, database) { try Self.forgetTries(of: officer, database) }
            try store.probe.reached(.committed, of: .tryPassphrase)
            return .right
        }
    }

    private static func held(by officer: OfficerID, _ store: Store, _ database: Database) throws -> Argon2id? {
        let sql = "SELECT revision, sealed FROM officer_passphrase WHERE officer = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [officer.text]) else { return nil }
        let name = name(officer, try row.value("revision"))
        let content = try store.sealing.open(bytes(try row.value("sealed")), as: name)
        guard let held = try? JSONDecoder().decode(Argon2id.self, from: Data(content)) else {
            throw StoreError.recordDamaged(name)
        }
        return held
    }

    /// As many as make any limit's longest wait.
    private static let manyFailures = 1000

    private struct Tries {
        let failures: Int
        let last: Uptime
        /// Whether the row is as the kit wrote it.
        let isWhole: Bool
    }

    private static func tries(of officer: OfficerID, _ database: Database) throws -> Tries? {
        let table = SealedTable.passphraseTry
        let sql = "SELECT failures, boot, uptime, \(table.isWhole) AS is_whole FROM passphrase_try WHERE officer = ?"
        guard let row = try Row.fetchOne(database, sql: sql, arguments: [officer.text]) else { return nil }
        guard try row.value("is_whole") else {
            return Tries(failures: manyFailures, last: Uptime(boot: "", elapsed: .zero), isWhole: false)
        }
        let last = Uptime(boot: try row.value("boot"), elapsed: .milliseconds(try row.value("uptime") as Int64))
        return Tries(failures: try row.value("failures"), last: last, isWhole: true)
    }

    private static func count(
        _ failures: Int, of officer: OfficerID, at now: Uptime, _ database: Database
    ) throws {
        let (seconds, attoseconds) = now.elapsed.components
        // Rounded up: a wait is never shorter than it should be.
        let milliseconds = seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1
        try database.execute(
            sql: """
                INSERT INTO passphrase_try (officer, failures, boot, uptime) VALUES (?, ?, ?, ?)
                ON CONFLICT (officer) DO UPDATE SET
                    failures = excluded.failures, boot = excluded.boot, uptime = excluded.uptime
                """,
            arguments: [officer.text, failures, now.boot, milliseconds])
        try SealedTable.passphraseTry.seal(database, officer.text)
    }

    private static func forgetTries(of officer: OfficerID, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM passphrase_try WHERE officer = ?", arguments: [officer.text])
    }

    private static func revision(of officer: OfficerID, _ database: Database) throws -> Int? {
        try Int.fetchOne(
            database, sql: "SELECT revision FROM officer_passphrase WHERE officer = ?", arguments: [officer.text])
    }

    private static func name(_ officer: OfficerID, _ revision: Int) -> RecordName {
        RecordName(table: table, id: officer.text, revision: revision)
    }
}
