import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import SyncProtocol

extension CentralDatabase {
    /// What became of an announcement.
    enum Announcement: Sendable {
        case created(StoredPacket)
        /// The same packet was announced before.
        case known(StoredPacket)
        /// The id belongs to other bytes, another manifest or another kit.
        case conflict
        /// Another manifest has its place in the kit's chain.
        case forked(ChainFinding.Kind)
        /// The kit's case was received in another packet.
        case caseKnown
        case tooMany
    }

    func packet(_ id: PacketID) async throws -> StoredPacket? {
        try await writer.read { try Self.packet(id, in: $0) }
    }

    /// All packets, oldest first.
    func packets() async throws -> [StoredPacket] {
        try await writer.read { try StoredPacket.fetchAll($0, sql: "SELECT * FROM packet ORDER BY announcedAt, id") }
    }

    /// Decides about an announcement, and keeps whatever that leaves as one: number, upload, evidence.
    func announce(
        _ statement: ChainStatement, openUploads limit: Int, at now: Timestamp
    ) async throws -> Announcement {
        let manifest = statement.manifest
        return try await writer.write { database in
            let acceptance = try Self.acceptance(of: statement, refusedAs: .caseKnown, in: database)
            if let known = try Self.packet(manifest.packetID, in: database) {
                guard known.kit == manifest.kit, known.signedManifest == statement.compact else { return .conflict }
                if known.receivedAt == nil {
                    guard try acceptance != nil || !Self.isCaseKnown(manifest, in: database) else { return .caseKnown }
                    try Self.touch(known.id, acceptance: acceptance, at: now, in: database)
                }
                return .known(known)
            }
            let contradiction = try Self.noteFinding(about: statement, at: now, in: database)
            if let contradiction, try Self.acceptance(of: statement, refusedAs: .chainForked, in: database) == nil {
                return .forked(contradiction.kind)
            }
            guard try acceptance != nil || !Self.isCaseKnown(manifest, in: database) else { return .caseKnown }
            let open = try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM packet WHERE kit = ? AND receivedAt IS NULL",
                arguments: [manifest.kit.text])
            guard (open ?? 0) < limit else { return .tooMany }
            if contradiction == nil { try Self.link(statement, at: now, in: database) }
            try Self.insert(statement, acceptance: acceptance, at: now, in: database)
            guard let packet = try Self.packet(manifest.packetID, in: database) else { throw DatabaseError() }
            return .created(packet)
        }
    }

    private static func insert(
        _ statement: ChainStatement, acceptance: Int64?, at now: Timestamp, in database: Database
    ) throws {
        let manifest = statement.manifest
        try database.execute(
            sql: """
                INSERT INTO packet (
                    id, kit, fileDigest, fileSize, signedManifest, announcedAt, changedAt, caseDigest, contentType,
                    acceptance)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                manifest.packetID.description, manifest.kit.text, manifest.fileDigest, manifest.fileSize,
                statement.compact, now.milliseconds, now.milliseconds, manifest.caseDigest, manifest.contentType,
                acceptance,
            ])
    }

    private static func touch(
        _ id: PacketID, acceptance: Int64?, at now: Timestamp, in database: Database
    ) throws {
        try database.execute(
            sql: "UPDATE packet SET changedAt = ?, acceptance = IFNULL(acceptance, ?) WHERE id = ?",
            arguments: [now.milliseconds, acceptance, id.description])
    }

    /// Unfinished uploads that nobody has touched since `time`, of one kit or of all.
    func abandoned(since time: Timestamp, of kit: KitID? = nil) async throws -> [StoredPacket] {
        try await writer.read { database in
            try StoredPacket.fetchAll(
                database,
                sql: "SELECT * FROM packet WHERE receivedAt IS NULL AND changedAt < ? AND kit = IFNULL(?, kit)",
                arguments: [time.milliseconds, kit?.text])
        }
    }

    /// Notes how many bytes of the file are on the disk for certain.
    func setDurableOffset(_ offset: Int, of id: PacketID, at now: Timestamp) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE packet SET durableOffset = ?, changedAt = ? WHERE id = ? AND receivedAt IS NULL",
                arguments: [offset, now.milliseconds, id.description])
        }
    }

    /// Forgets an upload whose bytes are not the packet. One that has a receipt stays.
    func discard(_ id: PacketID) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "DELETE FROM packet WHERE id = ? AND receivedAt IS NULL", arguments: [id.description])
        }
    }

    private static func packet(_ id: PacketID, in database: Database) throws -> StoredPacket? {
        try StoredPacket.fetchOne(
            database, sql: "SELECT * FROM packet WHERE id = ?", arguments: [id.description])
    }
}
