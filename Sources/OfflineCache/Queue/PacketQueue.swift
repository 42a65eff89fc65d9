package import EnrolmentCore
import GRDB
package import PacketFormat

/// The sealed packets, from the moment that a case is complete until its receipt is stored.
///
/// A packet's file is on the disk before its row says so, its draft goes once its row has come (`PacketEntry`), and
/// its file goes only after a verified receipt has been stored. The states and what may be done in each are in
/// `PacketState.after(_:)`; the database checks the same rules.
package struct PacketQueue: Sendable {
    let store: Store

    /// One packet; throws `unknownPacket`, and `packetDamaged` when its row is not as the kit wrote it.
    package func packet(_ id: PacketID) async throws(StoreError) -> QueuedPacket {
        try await store.perform { store, database in try QueuedPacket.fetch(database, id, store.rowSeals) }
    }

    /// These packets, in this order; one whose row cannot be read is left out.
    package func packets(named ids: [PacketID]) async throws(StoreError) -> [QueuedPacket] {
        try await store.perform { store, database in
            let seals = try store.rowSeals
            return ids.compactMap { try? QueuedPacket.fetch(database, $0, seals) }
        }
    }

    /// The packets in these states, in the order in which they are sent: urgent first, then by sequence.
    ///
    /// A row that a damaged disk, or somebody, changed is left out: opening the store names it, and so does `page`.
    package func packets(
        in states: Set<PacketState> = Set(PacketState.allCases)
    ) async throws(StoreError) -> [QueuedPacket] {
        try await store.perform { store, database in
            try QueuedPacket.fetch(database, in: states, store.rowSeals).packets
        }
    }

    /// The last packet of each case that has one.
    package func packetsByCase() async throws(StoreError) -> [CaseID: PacketID] {
        try await store.perform { _, database in
            var found: [CaseID: PacketID] = [:]
            let rows = try Row.fetchCursor(database, sql: "SELECT case_id, id FROM packet ORDER BY sequence")
            while let row = try rows.next() {
                guard let name: String = try? row.value("case_id"), let id: String = try? row.value("id") else {
                    continue
                }
                found[CaseID(name)] = PacketID(id)
            }
            return found
        }
    }

    /// Up to `count` bytes of a packet's file from `offset`; fewer only at its end.
    package func bytes(of id: PacketID, from offset: Int, count: Int) async throws(StoreError) -> [UInt8] {
        try await store.perform { store, _ in
            try store.packetFiles.read(PacketFileName.sealed(id), from: offset, count: count)
        }
    }

    /// Whether this kit has sealed a packet for a case. One that central refused does not count: the case is
    /// to be taken again.
    package func holdsPacket(for caseID: CaseID) async throws(StoreError) -> Bool {
        try await store.perform { _, database in
            let statement = try database.cachedStatement(
                sql: "SELECT EXISTS (SELECT 1 FROM packet WHERE case_id = ? AND state <> 'refused')")
            return try Bool.fetchOne(statement, arguments: [caseID.text]) ?? false
        }
    }

    /// Reads a packet's file back; nil when it is what its manifest says.
    package func verifyFile(of id: PacketID) async throws(StoreError) -> PacketProblem? {
        try await store.perform { store, database in
            do {
                try store.verifyFile(of: try QueuedPacket.fetch(database, id, store.rowSeals))
                return nil
            } catch StoreError.packetDamaged(_, let problem) {
                return problem
            }
        }
    }

    /// Where the last stored receipt leaves the chain; nil before the first.
    package func receiptChainHead() async throws(StoreError) -> ReceiptChainHead? {
        try await store.perform { _, database in
            let head = try ChainHead.fetch(.receipt, database)
            return head.digest.map { ReceiptChainHead(sequence: head.sequence, digest: $0) }
        }
    }
}

/// Where a chain continues.
struct ChainHead {
    enum Chain: String {
        case manifest, receipt
    }

    let sequence: Int
    let digest: String?

    /// - Throws: `rowChanged` for one that is not as the kit wrote it: no packet is numbered by it.
    static func fetch(_ chain: Chain, _ database: Database) throws -> ChainHead {
        let table = SealedTable.chainHead
        let statement = try database.cachedStatement(
            sql: "SELECT sequence, digest, \(table.isWhole) AS is_whole FROM chain_head WHERE chain = ?")
        guard let row = try Row.fetchOne(statement, arguments: [chain.rawValue]) else {
            throw StoreError.unreadable("the database (chain head)")
        }
        try table.require(row, chain.rawValue)
        return ChainHead(sequence: try row.value("sequence"), digest: try row.optional("digest"))
    }

    static func advance(_ chain: Chain, to sequence: Int, digest: String, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                UPDATE chain_head SET sequence = ?1, digest = ?2,
                    mac = \(SealedTable.chainHead.sealed(["chain", "?1", "?2"]))
                WHERE chain = ?3
                """)
        try statement.execute(arguments: [sequence, digest, chain.rawValue])
    }
}
