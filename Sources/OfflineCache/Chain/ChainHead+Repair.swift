import EnrolmentCore
import GRDB
import PacketFormat

/// What is done where a head of the kit's chains is not as the kit wrote it.
///
/// A head says again what the rows of packets and receipts say, and those bear seals of their own. So it is put right
/// from them; where the journal tells of a packet that is not there, the folder counts as an older copy, and a
/// technician and central have their say (`ManifestChain.accept`).
extension ChainHead {
    /// The head is put right either way: central's answer is compared with it, and an older copy has a head that ends
    /// where its rows do.
    ///
    /// - Parameter note: notes an older copy.
    static func repair(_ seals: RowSeals, _ database: Database, note: () throws -> Void) throws {
        for chain in [Chain.manifest, .receipt] where try !isWhole(chain, database) {
            let end = try derived(chain, seals, database)
            if try chain == .manifest && !isTold(end, seals, database) { try note() }
            try put(end, of: chain, database)
        }
        try database.execute(sql: "DELETE FROM chain_head WHERE chain NOT IN ('manifest', 'receipt')")
    }

    /// The head as it stands, or where it is not believed, what its chain's rows come to.
    static func believed(_ chain: Chain, _ seals: RowSeals, _ database: Database) throws -> ChainHead {
        guard try isWhole(chain, database) else { return try derived(chain, seals, database) }
        return try fetch(chain, database)
    }

    /// Writes a head, whatever stood in its place.
    static func put(_ head: ChainHead, of chain: Chain, _ database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO chain_head (chain, sequence, digest) VALUES (?, ?, ?)",
            arguments: [chain.rawValue, head.sequence, head.digest])
        try SealedTable.chainHead.seal(database, chain.rawValue)
    }

    private static func isWhole(_ chain: Chain, _ database: Database) throws -> Bool {
        let sql = "SELECT \(SealedTable.chainHead.isWhole) FROM chain_head WHERE chain = ?"
        return try Bool.fetchOne(database, sql: sql, arguments: [chain.rawValue]) ?? false
    }

    private static func derived(_ chain: Chain, _ seals: RowSeals, _ database: Database) throws -> ChainHead {
        let ends =
            switch chain {
            case .manifest: try [lastPacket(seals, database), lastAccepted(database)]
            case .receipt: try [lastReceipt(seals, database), lastLostReceipt(database)]
            }
        return ends.compactMap(\.self).max { $0.sequence < $1.sequence } ?? ChainHead(sequence: 0, digest: nil)
    }

    private static func lastPacket(_ seals: RowSeals, _ database: Database) throws -> ChainHead? {
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM packet ORDER BY sequence DESC")
        while let row = try rows.next() {
            guard let packet = try? QueuedPacket(row, seals) else { continue }
            return ChainHead(sequence: packet.sequence, digest: SignedManifest.digest(of: packet.manifest))
        }
        return nil
    }

    private static func lastAccepted(_ database: Database) throws -> ChainHead? {
        let sql = """
            SELECT central_sequence, central_digest FROM rollback_mark
            WHERE accepted_at IS NOT NULL AND central_digest IS NOT NULL AND \(SealedTable.rollbackMark.isWhole)
            ORDER BY central_sequence DESC LIMIT 1
            """
        return try Row.fetchOne(database, sql: sql).map { row in
            ChainHead(sequence: try row.value("central_sequence"), digest: try row.value("central_digest"))
        }
    }

    private static func lastReceipt(_ seals: RowSeals, _ database: Database) throws -> ChainHead? {
        var last: ChainHead?
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM packet WHERE receipt IS NOT NULL")
        while let row = try rows.next() {
            guard let receipt = (try? QueuedPacket(row, seals))?.receipt,
                let place = ReceiptVerifier.claimedPlace(of: receipt), place.sequence > last?.sequence ?? 0
            else { continue }
            last = ChainHead(sequence: place.sequence, digest: ReceiptSigner.digest(of: receipt))
        }
        return last
    }

    private static func lastLostReceipt(_ database: Database) throws -> ChainHead? {
        let sql = """
            SELECT sequence, receipt FROM lost_receipt WHERE \(SealedTable.lostReceipt.isWhole)
            ORDER BY sequence DESC LIMIT 1
            """
        return try Row.fetchOne(database, sql: sql).map { row in
            ChainHead(sequence: try row.value("sequence"), digest: ReceiptSigner.digest(of: try row.value("receipt")))
        }
    }

    /// Whether the manifests end where the journal says that they do.
    private static func isTold(_ end: ChainHead, _ seals: RowSeals, _ database: Database) throws -> Bool {
        let sql = "SELECT event, packet_id, reason FROM journal WHERE event IN (?, ?) ORDER BY position DESC LIMIT 1"
        let events = [JournalEvent.packetSealed.rawValue, JournalEvent.rollbackAccepted.rawValue]
        guard let line = try Row.fetchOne(database, sql: sql, arguments: StatementArguments(events)) else {
            return end.sequence == 0
        }
        if try line.value("event") == JournalEvent.rollbackAccepted.rawValue {
            return try line.optional("reason") == String(end.sequence)
        }
        guard let id = PacketID(try line.optional("packet_id") ?? ""),
            let packet = try? QueuedPacket.fetch(database, id, seals)
        else { return false }
        return packet.sequence == end.sequence
    }
}
