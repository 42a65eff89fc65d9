package import EnrolmentCore
import GRDB
package import PacketFormat

/// Work of this kit that is in central and not in this folder, because the folder is an older copy.
extension ManifestChain {
    /// Keeps a manifest that central gave back; one that the kit holds itself is not lost.
    package func keepLost(_ signed: SignedManifest) async throws(StoreError) {
        try await store.transact(.keepLost) { store, database in
            let manifest = signed.manifest
            guard manifest.kit == store.kit.id else { throw StoreError.manifestDisagrees("kit") }
            guard try Self.isUnknown(manifest.packetID, database) else { return }
            try database.execute(
                sql: """
                    INSERT OR IGNORE INTO lost_manifest (packet_id, sequence, case_digest, manifest)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [
                    manifest.packetID.description, manifest.sequence, manifest.caseDigest, signed.compact,
                ])
            guard database.changesCount > 0 else { return }
            try SealedTable.lostManifest.seal(database, manifest.packetID.description)
        }
    }

    /// The manifest of a lost packet, nil when it was not kept.
    package func lostManifest(of packet: PacketID) async throws(StoreError) -> String? {
        try await store.perform { _, database in
            try String.fetchOne(
                database, sql: "SELECT manifest FROM lost_manifest WHERE packet_id = ?",
                arguments: [packet.description])
        }
    }

    /// Stores the receipt of a packet that is not in this store, or whose row here is not as the kit wrote it, so that
    /// the chain of receipts can go on.
    ///
    /// It never lets a packet leave the queue: one that is in the store, and whole, needs `PacketQueue.record(_:)`. A
    /// changed row stays as it is, its file too: nothing tells any more that the file is what central received.
    package func keepLost(_ chained: ChainedReceipt) async throws(StoreError) {
        try await store.transact(.keepLost) { store, database in
            let receipt = chained.receipt
            guard receipt.kit == store.kit.id else { throw StoreError.receiptDisagrees("kit") }
            guard receipt.isTraining == store.kit.isTraining else { throw StoreError.receiptDisagrees("isTraining") }
            guard try Self.isLost(receipt.packetID, store, database) else {
                throw StoreError.receiptDisagrees("packetID")
            }
            let head = try ChainHead.fetch(.receipt, database)
            guard receipt.sequence == head.sequence + 1 else { throw StoreError.receiptDisagrees("sequence") }
            guard receipt.previousReceiptDigest == head.digest else {
                throw StoreError.receiptDisagrees("previousReceiptDigest")
            }
            try database.execute(
                sql: "INSERT INTO lost_receipt (sequence, packet_id, receipt) VALUES (?, ?, ?)",
                arguments: [receipt.sequence, receipt.packetID.description, chained.compact])
            try SealedTable.lostReceipt.seal(database, receipt.sequence)
            try ChainHead.advance(.receipt, to: receipt.sequence, digest: chained.digest, database)
        }
    }

    /// What was kept by `keepLost(_:)` for a packet, nil for nothing.
    func lostReceipt(of packet: PacketID) async throws(StoreError) -> String? {
        try await store.perform { _, database in
            try String.fetchOne(
                database,
                sql: "SELECT receipt FROM lost_receipt WHERE packet_id = ? AND \(SealedTable.lostReceipt.isWhole)",
                arguments: [packet.description])
        }
    }

    /// Those of `cases` about which central has received a packet that this folder does not hold: nobody is to
    /// be asked again. What central was only told of, and never received, does not count.
    package func alreadyReceived(among cases: some Sequence<CaseID>) async throws(StoreError) -> Set<CaseID> {
        let digests = Dictionary(cases.map { (Manifest.caseDigest(of: $0), $0) }) { first, _ in first }
        return try await store.perform { _, database in
            let received = try String.fetchAll(
                database,
                sql: """
                    SELECT case_digest FROM lost_manifest JOIN lost_receipt USING (packet_id)
                    WHERE case_digest IS NOT NULL AND \(SealedTable.lostManifest.isWhole)
                        AND \(SealedTable.lostReceipt.isWhole)
                    """)
            return Set(received.compactMap { digests[$0] })
        }
    }

    /// Cases with a draft on this kit that central has received already.
    package func draftsAlreadyReceived() async throws(StoreError) -> [CaseID] {
        let drafts = try await store.perform { _, database in
            try String.fetchAll(database, sql: "SELECT case_id FROM draft_key").map { CaseID($0) }
        }
        return try await alreadyReceived(among: drafts).sorted()
    }

    /// Whether this store has no row of a packet that can be believed.
    private static func isLost(_ packet: PacketID, _ store: Store, _ database: Database) throws -> Bool {
        do {
            _ = try QueuedPacket.fetch(database, packet, store.rowSeals)
            return false
        } catch StoreError.unknownPacket, StoreError.packetDamaged(_, .rowChanged) {
            return true
        }
    }

    private static func isUnknown(_ packet: PacketID, _ database: Database) throws -> Bool {
        try Row.fetchOne(database, sql: "SELECT 1 FROM packet WHERE id = ?", arguments: [packet.description]) == nil
    }
}
