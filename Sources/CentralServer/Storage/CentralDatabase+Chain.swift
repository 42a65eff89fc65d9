import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import SyncProtocol

extension CentralDatabase {
    /// How far central is with a kit and the key that it signs with now.
    func chain(of kit: RegisteredKit) async throws -> KitChain {
        let signer = try kit.signer
        return try await writer.read { database in
            let head = try Row.fetchOne(
                database,
                sql:
                    "SELECT sequence, digest FROM chainLink WHERE kit = ? AND signer = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [kit.id.text, signer])
            let receipts = try Int.fetchOne(
                database, sql: "SELECT MAX(sequence) FROM receipt WHERE kit = ?", arguments: [kit.id.text])
            return KitChain(
                sequence: head?["sequence"] ?? 0, digest: head?["digest"], receipts: receipts ?? 0,
                seals: try Self.unbrokenSeals(of: kit.id, in: database))
        }
    }

    /// The manifest with this number that the kit's present key signed; nil where central has none.
    func manifest(number sequence: Int, of kit: RegisteredKit) async throws -> String? {
        let signer = try kit.signer
        return try await writer.read { database in
            try String.fetchOne(
                database, sql: "SELECT signedManifest FROM chainLink WHERE kit = ? AND signer = ? AND sequence = ?",
                arguments: [kit.id.text, signer, sequence])
        }
    }

    /// What keeps a manifest out of its kit's chain.
    struct Contradiction {
        let kind: ChainFinding.Kind
        let heldPacket: String
        let heldDigest: String
    }

    static func contradiction(of statement: ChainStatement, in database: Database) throws -> Contradiction? {
        let manifest = statement.manifest
        func held(_ kind: ChainFinding.Kind, _ condition: String, _ values: StatementArguments) throws -> Contradiction?
        {
            try Row.fetchOne(
                database, sql: "SELECT packet, digest FROM chainLink WHERE \(condition)", arguments: values
            )
            .map { Contradiction(kind: kind, heldPacket: $0["packet"], heldDigest: $0["digest"]) }
        }
        let chain: StatementArguments = [manifest.kit.text, statement.signer]
        let (sequence, digest) = (manifest.sequence, statement.digest)
        return try held(.number, "kit = ? AND signer = ? AND sequence = ? AND digest <> ?", chain + [sequence, digest])
            ?? held(.packet, "packet = ? AND digest <> ?", [manifest.packetID.description, digest])
            ?? held(
                .previous, "kit = ? AND signer = ? AND sequence = ? - 1 AND digest IS NOT ?",
                chain + [sequence, manifest.previousManifestDigest])
            ?? held(
                .next, "kit = ? AND signer = ? AND sequence - 1 = ? AND previousDigest IS NOT ?",
                chain + [sequence, digest])
    }

    /// Gives a manifest its number; one that has it keeps it.
    static func link(_ statement: ChainStatement, at time: Timestamp, in database: Database) throws {
        let manifest = statement.manifest
        let held = try String.fetchOne(
            database, sql: "SELECT digest FROM chainLink WHERE packet = ?",
            arguments: [manifest.packetID.description])
        if held == statement.digest { return }
        try database.execute(
            sql: """
                INSERT INTO chainLink (kit, signer, sequence, packet, digest, previousDigest, signedManifest, announcedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                manifest.kit.text, statement.signer, manifest.sequence, manifest.packetID.description,
                statement.digest, manifest.previousManifestDigest, statement.compact, time.milliseconds,
            ])
    }

    /// Findings that are kept of one kit: a stolen one must not fill central's disk. Each is logged in any case.
    private static let mostFindings = 10_000

    /// Keeps both sides of a contradiction; the same one again is kept once.
    @discardableResult
    static func noteFinding(
        about statement: ChainStatement, at time: Timestamp, in database: Database
    ) throws -> Contradiction? {
        guard let contradiction = try contradiction(of: statement, in: database) else { return nil }
        let manifest = statement.manifest
        let kept = try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM chainFinding WHERE kit = ?", arguments: [manifest.kit.text])
        guard (kept ?? 0) < mostFindings else { return contradiction }
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO chainFinding (
                    kit, signer, sequence, kind, packet, digest, heldPacket, heldDigest, signedManifest, foundAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                manifest.kit.text, statement.signer, manifest.sequence, contradiction.kind.rawValue,
                manifest.packetID.description, statement.digest, contradiction.heldPacket, contradiction.heldDigest,
                statement.compact, time.milliseconds,
            ])
        return contradiction
    }

    /// Whether central has received another packet of this kit about the same case, with content of the same kind.
    static func isCaseKnown(_ manifest: Manifest, in database: Database) throws -> Bool {
        guard let caseDigest = manifest.caseDigest else { return false }
        let sql = """
            SELECT 1 FROM packet WHERE kit = ? AND caseDigest = ? AND contentType = ? AND id <> ?
            AND receivedAt IS NOT NULL
            """
        return try Row.fetchOne(
            database, sql: sql,
            arguments: [manifest.kit.text, caseDigest, manifest.contentType, manifest.packetID.description]) != nil
    }

    /// An office clerk's word that a packet is to be taken in although it was refused for this.
    static func acceptance(
        of statement: ChainStatement, refusedAs code: RefusalCode, in database: Database
    ) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT id FROM chainAcceptance WHERE packet = ? AND digest = ? AND kit = ? AND code = ?",
            arguments: [
                statement.manifest.packetID.description, statement.digest, statement.manifest.kit.text, code.rawValue,
            ])
    }

    static func unreadable(_ what: String) -> CentralError {
        CentralError(
            .databaseFailure, "\(what) in the database cannot be read", hint: "Restore the database from its backup.")
    }
}
