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
    /// Packets of which nothing is kept any more, by the rules.
    private(set) var forgotten = 0
    /// A digest that is nil at a sequence above 0 is not known: after a rollback that was accepted, and behind
    /// what is kept no more.
    private var manifests = AuditSeal.Head(sequence: 0, digest: nil)
    private var receiptHead = AuditSeal.Head(sequence: 0, digest: nil)
    /// What was purged before then has been forgotten.
    private let forgottenBefore: Timestamp?
    private let purged: Set<String>

    /// - Parameter keptDays: for how long manifests and receipts stay behind a purge; nil for good.
    init(keys: AuditKeys, keptDays: Int?, database: Database) throws {
        self.keys = keys
        self.database = database
        hasLostReceipts = try database.tableExists("lost_receipt")
        let newest = try Int64.fetchOne(database, sql: "SELECT MAX(received_at) FROM packet").map(ClockMark.instant)
        // A day more than the rule: a line's time is the kit's own, the rule goes by central's.
        forgottenBefore = newest.flatMap { newest in
            keptDays.map { newest.advanced(by: .seconds(-86_400 * (Int64($0) - 1))) }
        }
        purged =
            try forgottenBefore.map { before in
                try String.fetchSet(
                    database, sql: "SELECT packet_id FROM journal WHERE event = ? AND at < ?",
                    arguments: [JournalEvent.packetPurged.rawValue, before.milliseconds])
            } ?? []
    }

    mutating func take(_ record: JournalRecord) throws {
        guard let line = record.line else { return }
        switch line.event {
        case .packetSealed: try takeManifest(line)
        case .receiptStored: try takeReceipt(line)
        case .rollbackAccepted:
            manifests = AuditSeal.Head(
                sequence: max(manifests.sequence, min(line.reason.flatMap { Int($0) } ?? 0, 1 << 48)), digest: nil)
        default: break
        }
    }

    mutating func take(_ seal: AuditSeal) throws {
        try walkLostReceipts(to: seal.receipts.sequence)
        if !manifests.agrees(with: seal.manifests) {
            find(.headDiffers, seal: seal.number, "manifests \(manifests.sequence)")
        }
        if !receiptHead.agrees(with: seal.receipts) {
            find(.headDiffers, seal: seal.number, "receipts \(receiptHead.sequence)")
        }
    }

    /// Looks for what no line tells of.
    mutating func finish() throws {
        try findUntold(.packetWithoutLine, .packetSealed, "SELECT id FROM packet")
        try findUntold(.receiptWithoutLine, .receiptStored, "SELECT id FROM packet WHERE receipt IS NOT NULL")
        let held = try held(.manifest)
        if held.map({ manifests.agrees(with: AuditSeal.Head(sequence: $0.sequence, digest: $0.digest)) }) != true {
            find(.headDiffers, "manifests \(manifests.sequence), held \(held?.sequence.description ?? "changed")")
        }
        let stored = try self.held(.receipt)
        if let stored { try walkLostReceipts(to: stored.sequence) }
        if stored.map({ receiptHead.agrees(with: AuditSeal.Head(sequence: $0.sequence, digest: $0.digest)) }) != true {
            find(.headDiffers, "receipts \(receiptHead.sequence), held \(stored?.sequence.description ?? "changed")")
        }
    }

    private mutating func takeManifest(_ line: Journal.Line) throws {
        guard let row = try row(of: line, "sequence, manifest"), let id = line.packetID else {
            manifests = AuditSeal.Head(sequence: manifests.sequence + 1, digest: nil)
            guard isForgotten(line) else { return find(.packetMissing, line, line.packetID?.description ?? "-") }
            forgotten += 1
            return
        }
        packets += 1
        let signed: SignedManifest
        do throws(StatementError) {
            signed = try keys.manifests.verify(row.text("manifest"))
        } catch {
            // What follows is compared with what it says itself.
            manifests = AuditSeal.Head(sequence: manifests.sequence + 1, digest: nil)
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
            receiptHead = AuditSeal.Head(sequence: receiptHead.sequence + 1, digest: nil)
            if !isForgotten(line) { find(.receiptMissing, line, line.packetID?.description ?? "-") }
            return
        }
        receipts += 1
        if let claimed = ReceiptVerifier.claimedPlace(of: compact) {
            try walkLostReceipts(to: min(claimed.sequence, 1 << 48) - 1)
        }
        do throws(StatementError) {
            let manifest = try keys.manifests.verify(row.text("manifest")).manifest
            let verified = try keys.receipts.verify(compact, for: manifest, after: predecessor(of: compact))
            receiptHead = AuditSeal.Head(sequence: verified.receipt.sequence, digest: verified.digest)
        } catch {
            find(.receiptNotBelieved, line, error.description)
            receiptHead = AuditSeal.Head(sequence: receiptHead.sequence + 1, digest: nil)
        }
    }

    /// Where a receipt must continue; behind what is not known any more, where it says that it does.
    private func predecessor(of compact: String) -> ReceiptChainHead? {
        guard receiptHead.sequence > 0 else { return nil }
        let digest = receiptHead.digest ?? ReceiptVerifier.claimedPlace(of: compact)?.predecessor ?? ""
        return ReceiptChainHead(sequence: receiptHead.sequence, digest: digest)
    }

    private mutating func walkLostReceipts(to sequence: Int) throws {
        guard hasLostReceipts, receiptHead.sequence < sequence else { return }
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT sequence, receipt FROM lost_receipt WHERE sequence > ? AND sequence <= ? ORDER BY sequence",
            arguments: [receiptHead.sequence, sequence])
        while let row = try rows.next() {
            let number: Int = try row.value("sequence")
            guard number == receiptHead.sequence + 1 else { return }
            receiptHead = AuditSeal.Head(
                sequence: number, digest: ReceiptSigner.digest(of: try row.value("receipt")))
        }
    }

    /// Nil for a head that is not as the kit wrote it.
    private func held(_ chain: ChainHead.Chain) throws -> ChainHead? {
        do {
            return try ChainHead.fetch(chain, database)
        } catch StoreError.rowChanged {
            return nil
        }
    }

    private func isForgotten(_ line: Journal.Line) -> Bool {
        line.packetID.map { purged.contains($0.description) } ?? false
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

extension AuditSeal.Head {
    /// Whether both are the same link, as far as this one is known.
    fileprivate func agrees(with other: AuditSeal.Head) -> Bool {
        sequence == other.sequence && (digest == other.digest || digest == nil && sequence > 0)
    }
}

extension Row {
    /// A text that is there by the schema; a damaged one verifies as nothing.
    fileprivate func text(_ column: String) -> String { (try? value(column)) ?? "" }
}
