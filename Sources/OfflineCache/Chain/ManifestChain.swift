package import EnrolmentCore
import GRDB

/// The chain of this kit's manifests against what others know of it: central, and the machine's counter.
///
/// A data folder that was put back to an older state would give numbers away twice, and have people captured
/// again whose packets central has. Once that is found, nothing is sealed any more (drafts are still kept, and
/// what is sealed is still sent) until a technician has accepted it with `accept(by:)`.
package struct ManifestChain: Sendable {
    let store: Store

    /// Where the kit's own manifests end.
    package func head() async throws(StoreError) -> ManifestChainHead {
        try await store.perform { _, database in
            let head = try ChainHead.fetch(.manifest, database)
            return ManifestChainHead(sequence: head.sequence, digest: head.digest)
        }
    }

    /// The kit's own signed manifest with this number, nil when it has none.
    package func manifest(number sequence: Int) async throws(StoreError) -> String? {
        try await store.perform { _, database in
            try String.fetchOne(
                database, sql: "SELECT manifest FROM packet WHERE sequence = ?", arguments: [sequence])
        }
    }

    /// The number up to which the kit's own manifests need not be those that central holds, because a
    /// technician accepted that; 0 where that never happened.
    package func acceptedFloor() async throws(StoreError) -> Int {
        try await store.perform { _, database in
            try Int.fetchOne(
                database,
                sql: "SELECT MAX(continued_after) FROM rollback_mark WHERE \(SealedTable.rollbackMark.isWhole)") ?? 0
        }
    }

    /// What was found and not accepted yet.
    package func mark() async throws(StoreError) -> RollbackMark? {
        try await store.perform { _, database in try RollbackMark.open(database) }
    }

    /// Notes that this folder is an older copy; told again, only what central holds is brought up to date.
    package func noteRollback(
        foundBy finder: RollbackMark.Finder, central: ManifestChainHead? = nil
    ) async throws(StoreError) {
        try await store.transact(.findRollback) { store, database in
            try Self.note(finder, central: central, in: store, database)
        }
    }

    /// Notes what central holds, so that a mark that the machine's counter made can be accepted.
    package func noteCentral(_ head: ManifestChainHead) async throws(StoreError) {
        try await store.transact(.findRollback) { _, database in try Self.note(head, database) }
    }

    /// A technician's word that this older copy is the kit from now on.
    ///
    /// The kit's manifests go on behind whatever central or the kit itself has numbered, so that no number is
    /// given twice. What central refuses of the older line stays on the kit.
    ///
    /// - Parameter person: a staff number, nil where nobody has logged in.
    package func accept(by person: OfficerID?) async throws(StoreError) -> RollbackAcceptance {
        try await store.transact(.acceptRollback) { store, database in
            guard let mark = try RollbackMark.open(database) else { return .nothingFound }
            guard let central = mark.central else { return .centralNotMet }
            let own = try ChainHead.believed(.manifest, store.rowSeals, database)
            let isBehind = central.sequence >= own.sequence && central.digest != nil
            let end = isBehind ? ChainHead(sequence: central.sequence, digest: central.digest) : own
            try ChainHead.put(end, of: .manifest, database)
            let floor = max(own.sequence, central.sequence)
            let now = store.clock.now()
            try database.execute(
                sql: """
                    UPDATE rollback_mark SET accepted_at = ?1, accepted_by = ?2, continued_after = ?3,
                        mac = \(SealedTable.rollbackMark.seal(
                            changing: ["accepted_at": "?1", "accepted_by": "?2", "continued_after": "?3"]))
                    WHERE accepted_at IS NULL
                    """, arguments: [now.milliseconds, person?.text, floor])
            try Journal.add(.rollbackAccepted, at: now, officer: person, reason: String(floor), to: database)
            return .accepted(continuedAfter: floor)
        }
    }

    static func note(
        _ finder: RollbackMark.Finder, central: ManifestChainHead?, in store: Store, _ database: Database
    ) throws {
        if try RollbackMark.open(database) == nil { try RollbackMark.begin(finder, in: store, database) }
        if let central { try note(central, database) }
    }

    private static func note(_ central: ManifestChainHead, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE rollback_mark SET central_sequence = ?1, central_digest = ?2,
                    mac = \(SealedTable.rollbackMark.seal(
                        changing: ["central_sequence": "?1", "central_digest": "?2"]))
                WHERE accepted_at IS NULL
                """,
            arguments: [central.sequence, central.digest])
    }
}

/// What became of a technician's word.
package enum RollbackAcceptance: Hashable, Sendable {
    /// The next manifest has the number after this one.
    case accepted(continuedAfter: Int)
    /// Nothing waits to be accepted.
    case nothingFound
    /// What central holds is not known yet: synchronise first.
    case centralNotMet
}

extension Store {
    package var chain: ManifestChain { ManifestChain(store: self) }
}
