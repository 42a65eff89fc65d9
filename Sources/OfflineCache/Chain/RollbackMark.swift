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
        guard let finder = Finder(rawValue: row["found_by"]) else {
            throw StoreError.unreadable("the database (rollback mark)")
        }
        foundAt = timestamp(row["found_at"])
        foundBy = finder
        ownSequence = row["own_sequence"]
        central = (row["central_sequence"] as Int?).map {
            ManifestChainHead(sequence: $0, digest: row["central_digest"])
        }
        acceptedAt = (row["accepted_at"] as Int64?).map { timestamp($0) }
        continuedAfter = row["continued_after"]
    }

    /// The one that nobody has accepted yet.
    static func open(_ database: Database) throws -> RollbackMark? {
        try Row.fetchOne(database, sql: "SELECT * FROM rollback_mark WHERE accepted_at IS NULL")
            .map { try RollbackMark($0) }
    }

    /// - Throws: `rolledBack` while one waits to be accepted.
    static func requireNone(_ database: Database) throws {
        guard try open(database) == nil else { throw StoreError.rolledBack }
    }
}
