import EnrolmentCore
import GRDB
import PacketFormat

/// Follows the packets and receipts that a journal tells of, and compares them with those in the queue: each
/// manifest is verified, each receipt too, and both chains must stand where the seals say that they stood.
struct PacketTrail {
    private let keys: AuditKeys
    private let database: Database
    private let hasLostReceipts: Bool

    private(set) var findings: [AuditFinding] = []
    private(set) var packets = 0
    private(set) var receipts = 0
    /// A digest that is nil at a sequence above 0 is not known: after a rollback that was accepted.
    private var manifests = AuditSeal.Head(sequence: 0, digest: nil)
    private var receiptHead: ReceiptChainHead?

    init(keys: AuditKeys, database: Database) throws {
        self.keys = keys
        self.database = database
        hasLostReceipts = try database.tableExists("lost_receipt")
    }

    mutating func take(_ record: JournalRecord) throws {
        guard let line = record.line else { return }
        switch line.event {
        case .packetSealed: try takeManifest(line)
        case .receiptStored: try takeReceipt(line)
        case .rollbackAccepted:
            manifests = AuditSeal.Head(
                sequence: max(manifests.sequence, line.reason.flatMap { Int($0) } ?? 0), digest: nil)
        default: break
        }
    }

    mutating func take(_ seal: AuditSeal) throws {
        try walkLostReceipts(to: seal.receipts.sequence)
        let isSame = manifests.digest == nil || manifests.digest == seal.manifests.digest
        if manifests.sequence != seal.manifests.sequence || !isSame {
            find(.headDiffers, seal: seal.number, "manifests \(manifests.sequence)")
        }
        if receiptHead?.sequence ?? 0 != seal.receipts.sequence || receiptHead?.digest != seal.receipts.digest {
            find(.headDiffers, seal: seal.number, "receipts \(receiptHead?.sequence ?? 0)")
        }
    }

    /// Looks for what no line tells of.
    mutating func finish() throws {
        try findUntold(.packetWithoutLine, .packetSealed, "SELECT id FROM packet")
        try findUntold(.receiptWithoutLine, .receiptStored, "SELECT id FROM packet WHERE receipt IS NOT NULL")
        let held = try ChainHead.fetch(.manifest, database)
        if held.sequence != manifests.sequence || (manifests.digest != nil && held.digest != manifests.digest) {
            find(.headDiffers, "manifests \(manifests.sequence), held \(held.sequence)")
        }
        let stored = try ChainHead.fetch(.receipt, database)
        try walkLostReceipts(to: stored.sequence)
        if stored.sequence != receiptHead?.sequence ?? 0 || stored.digest != receiptHead?.digest {
            find(.headDiffers, "receipts \(receiptHead?.sequence ?? 0), held \(stored.sequence)")
        }
    }

    private mutating func takeManifest(_ line: Journal.Line) throws {
        guard let row = try row(of: line, "sequence, manifest"), let id = line.packetID else {
            return find(.packetMissing, line, line.packetID?.description ?? "-")
        }
        packets += 1
        let signed: SignedManifest
        do throws(StatementError) {
            signed = try keys.manifests.verify(row.text("manifest"))
        } catch {
            // What follows is compared with what it says itself.
            manifests = AuditSeal.Head(sequence: manifests.sequence &+ 1, digest: nil)
            return find(.manifestNotBelieved, line, error.description)
        }
        let manifest = signed.manifest
        let isFirst = manifests.sequence == 0
        let isUnknown = manifests.digest == nil && !isFirst
        let follows =
            isUnknown
            ? manifest.sequence > manifests.sequence
            : manifest.sequence == manifests.sequence + 1 && manifest.previousManifestDigest == manifests.digest
        let held: Int = try row.value("sequence")
        if !follows || manifest.packetID != id || manifest.sequence != held {
            find(.manifestNotBelieved, line, "sequence \(manifest.sequence)")
        }
        manifests = AuditSeal.Head(sequence: manifest.sequence, digest: signed.digest)
    }

    private mutating func takeReceipt(_ line: Journal.Line) throws {
        guard let row = try row(of: line, "manifest, receipt"), let compact: String = try row.optional("receipt") else {
            return find(.receiptMissing, line, line.packetID?.description ?? "-")
        }
        receipts += 1
        do throws(StatementError) {
            let manifest = try keys.manifests.verify(row.text("manifest")).manifest
            receiptHead = try verify(compact, for: manifest).chainHead
        } catch {
            find(.receiptNotBelieved, line, error.description)
            receiptHead = ReceiptChainHead(
                sequence: receiptHead?.sequence ?? 0 &+ 1, digest: ReceiptSigner.digest(of: compact))
        }
    }

    /// A receipt may stand behind others that are for packets which this folder lost.
    private mutating func verify(_ compact: String, for manifest: Manifest) throws(StatementError) -> VerifiedReceipt {
        do throws(StatementError) {
            return try keys.receipts.verify(compact, for: manifest, after: receiptHead)
        } catch .sequence(_, let found) {
            try? walkLostReceipts(to: found &- 1)
            return try keys.receipts.verify(compact, for: manifest, after: receiptHead)
        }
    }

    private mutating func walkLostReceipts(to sequence: Int) throws {
        guard hasLostReceipts else { return }
        let from = receiptHead?.sequence ?? 0
        guard from < sequence else { return }
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT sequence, receipt FROM lost_receipt WHERE sequence > ? AND sequence <= ? ORDER BY sequence",
            arguments: [from, sequence])
        while let row = try rows.next() {
            let number: Int = try row.value("sequence")
            guard number == (receiptHead?.sequence ?? 0) + 1 else { return }
            receiptHead = ReceiptChainHead(
                sequence: number, digest: ReceiptSigner.digest(of: try row.value("receipt")))
        }
    }

    private func row(of line: Journal.Line, _ columns: String) throws -> Row? {
        try Row.fetchOne(
            database, sql: "SELECT \(columns) FROM packet WHERE id = ?", arguments: [line.packetID?.description])
    }

    private mutating func findUntold(_ kind: AuditFinding.Kind, _ event: JournalEvent, _ packets: String) throws {
        let sql = "\(packets) EXCEPT SELECT packet_id FROM journal WHERE event = ? ORDER BY 1"
        for id in try String.fetchAll(database, sql: sql, arguments: [event.rawValue]) {
            findings.append(AuditFinding(kind, detail: id))
        }
    }

    private mutating func find(_ kind: AuditFinding.Kind, _ line: Journal.Line, _ detail: String) {
        findings.append(AuditFinding(kind, position: line.position, detail: detail))
    }

    private mutating func find(_ kind: AuditFinding.Kind, seal: Int? = nil, _ detail: String) {
        findings.append(AuditFinding(kind, seal: seal, detail: detail))
    }
}

extension Row {
    /// A text that is there by the schema; a damaged one verifies as nothing.
    fileprivate func text(_ column: String) -> String { (try? value(column)) ?? "" }
}
