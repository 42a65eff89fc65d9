import EnrolmentCore
import Foundation
import GRDB
import PacketFormat

extension CentralDatabase {
    /// What became of an announcement.
    enum Announcement: Sendable {
        case created(StoredPacket)
        /// The same packet was announced before.
        case known(StoredPacket)
        /// The id belongs to other bytes or to another kit.
        case conflict
        case tooMany
    }

    func packet(_ id: PacketID) async throws -> StoredPacket? {
        try await writer.read { try Self.packet(id, in: $0) }
    }

    /// All packets, oldest first.
    func packets() async throws -> [StoredPacket] {
        try await writer.read { try StoredPacket.fetchAll($0, sql: "SELECT * FROM packet ORDER BY announcedAt, id") }
    }

    func announce(
        _ signed: SignedManifest, openUploads limit: Int, at now: Timestamp
    ) async throws -> Announcement {
        let manifest = signed.manifest
        return try await writer.write { database in
            if let known = try Self.packet(manifest.packetID, in: database) {
                return known.kit == manifest.kit && known.fileDigest == manifest.fileDigest ? .known(known) : .conflict
            }
            let open = try Int.fetchOne(
                database, sql: "SELECT COUNT(*) FROM packet WHERE kit = ? AND receivedAt IS NULL",
                arguments: [manifest.kit.text])
            guard (open ?? 0) < limit else { return .tooMany }
            try database.execute(
                sql: """
                    INSERT INTO packet (id, kit, fileDigest, fileSize, signedManifest, announcedAt)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    manifest.packetID.description, manifest.kit.text, manifest.fileDigest, manifest.fileSize,
                    signed.compact, now.milliseconds,
                ])
            guard let packet = try Self.packet(manifest.packetID, in: database) else { throw DatabaseError() }
            return .created(packet)
        }
    }

    /// Notes how many bytes of the file are on the disk for certain.
    func setDurableOffset(_ offset: Int, of id: PacketID) async throws {
        try await writer.write { database in
            try database.execute(
                sql: "UPDATE packet SET durableOffset = ? WHERE id = ? AND receivedAt IS NULL",
                arguments: [offset, id.description])
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
