import Crypto
import EnrolmentCore
import GRDB
import PacketFormat

/// What of an opening's findings no packet's own line tells: lines of `kept-damaged`, with codes as their reasons.
extension Recovery {
    private static let closedWord = "closed-"
    private static let damageWord = "rows-"

    /// How many files were open to others; nil for none.
    fileprivate var closedReason: String? { closedFiles > 0 ? "\(Self.closedWord)\(closedFiles)" : nil }

    /// How many rows and files there are, and which: the first 8 bytes of the SHA-256 of their names, so that another
    /// finding is another reason. Nil for none.
    fileprivate var damageReason: String? {
        let rows = unreadableRows.map { "packet/\($0)" } + changedRows.map(\.description)
        if rows.isEmpty, unknownFiles.isEmpty { return nil }
        // No name of a file or of a row holds the byte between them.
        let names = (rows + unknownFiles).sorted().joined(separator: "\0")
        let digest = hexText(SHA256.hash(data: Array(names.utf8)).prefix(8))
        return "\(Self.damageWord)\(rows.count).files-\(unknownFiles.count).\(digest)"
    }

    fileprivate static func lastDamageReason(_ database: Database) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT reason FROM journal WHERE event = ? AND reason GLOB ? ORDER BY position DESC LIMIT 1",
            arguments: [JournalEvent.keptDamaged.rawValue, "\(damageWord)*"])
    }

    fileprivate static func closedFiles(behind position: Int, _ database: Database) throws -> Int {
        try String.fetchAll(
            database, sql: "SELECT reason FROM journal WHERE position > ? AND event = ? AND reason GLOB ?",
            arguments: [position, JournalEvent.keptDamaged.rawValue, "\(closedWord)*"]
        ).reduce(0) { $0 + min(Int($1.dropFirst(closedWord.count)) ?? 1, 1 << 32) }
    }
}

extension Store {
    /// Once for each finding, not for each opening that finds it; files that were closed are found only once.
    func note(_ recovery: Recovery, _ database: Database) throws {
        var damage = recovery.damageReason
        if try damage == Recovery.lastDamageReason(database) { damage = nil }
        let reasons = [recovery.closedReason, damage].compactMap(\.self)
        if reasons.isEmpty { return }
        try commit(.recover, database) {
            for reason in reasons { try Journal.add(.keptDamaged, at: clock.now(), reason: reason, to: database) }
        }
        try probe.reached(.committed, of: .recover)
    }

    /// Files of the folder, and of packets, that others might have read or written until an opening closed them, since
    /// the last day was closed: with that the office has the journal's word of it.
    package func closedFiles() async throws(StoreError) -> Int {
        try await perform { _, database in
            let seals = "SELECT MAX(position) FROM audit_seal WHERE \(SealedTable.auditSeal.isWhole)"
            return try Recovery.closedFiles(behind: Int.fetchOne(database, sql: seals) ?? 0, database)
        }
    }
}
