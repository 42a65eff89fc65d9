import Foundation
import GRDB

@testable import CentralServer

/// A database as an earlier version left it.
enum EarlierCentral: Int, CaseIterable, Sendable {
    case one = 1
    case two, three

    /// One kit; of its packets the last is half there, the others are whole and have their receipts.
    ///
    /// - Returns: the open database: what was written last lies in its log still.
    static func make(
        _ version: EarlierCentral, at path: String, _ provisioned: CentralKeys.ProvisionedKit, _ packets: [TestPacket]
    ) throws -> DatabaseQueue {
        let database = try DatabaseQueue(path: path)
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        let migrator = CentralDatabase.migrator
        // The first two have no chains: their packets are put in by the third.
        try migrator.migrate(database, upTo: "central-\(min(version.rawValue, 2))")
        try database.write { try fill($0, provisioned, packets) }
        if version == .three { try migrator.migrate(database, upTo: "central-3") }
        return database
    }

    private static func fill(
        _ database: Database, _ provisioned: CentralKeys.ProvisionedKit, _ packets: [TestPacket]
    ) throws {
        try database.execute(
            sql: "INSERT INTO kit (id, certificateDigest, signingKey, registeredAt) VALUES ('kit-1', ?, ?, 0)",
            arguments: [Data(provisioned.certificateDigest), provisioned.signingKey])
        for (index, packet) in packets.enumerated() {
            let (isWhole, at) = (index < packets.count - 1, TestPacket.time.milliseconds + Int64(index))
            try database.execute(
                sql: """
                    INSERT INTO packet (
                        id, kit, fileDigest, fileSize, durableOffset, signedManifest, announcedAt, receivedAt)
                    VALUES (?, 'kit-1', ?, 5000, ?, ?, ?, ?)
                    """,
                arguments: [
                    packet.id.description, packet.signed.manifest.fileDigest, isWhole ? 5000 : 2500,
                    packet.signed.compact, at, isWhole ? at : nil,
                ])
            guard isWhole else { continue }
            try database.execute(
                sql: "INSERT INTO receipt (packet, kit, sequence, compact, digest) VALUES (?, 'kit-1', ?, ?, ?)",
                arguments: [
                    packet.id.description, index + 1, "receipt-\(index)", String(repeating: "\(index)", count: 64),
                ])
        }
    }
}
