import EnrolmentCore
import Foundation
import GRDB
import PacketFormat

extension CentralDatabase {
    /// The compact JWS, the same bytes each time.
    func receipt(of packet: PacketID) async throws -> String? {
        try await writer.read { database in
            try String.fetchOne(
                database, sql: "SELECT compact FROM receipt WHERE packet = ?", arguments: [packet.description])
        }
    }

    func receipt(number sequence: Int, of kit: KitID) async throws -> String? {
        try await writer.read { database in
            try String.fetchOne(
                database, sql: "SELECT compact FROM receipt WHERE kit = ? AND sequence = ?",
                arguments: [kit.text, sequence])
        }
    }

    /// Marks a whole packet as received and issues its receipt, both or neither.
    ///
    /// A packet that has a receipt already keeps it: the receipt's place in the kit's chain is given once.
    ///
    /// - Throws: `Refused` with `caseKnown` when another packet about its case was received meanwhile.
    func receive(
        _ manifest: Manifest, server: String, signer: ReceiptSigner, at now: Timestamp
    ) async throws -> String {
        try await writer.write { database in
            let id = manifest.packetID.description
            let issued = try String.fetchOne(
                database, sql: "SELECT compact FROM receipt WHERE packet = ?", arguments: [id])
            if let issued { return issued }
            let isAccepted = try Bool.fetchOne(
                database, sql: "SELECT acceptance IS NOT NULL FROM packet WHERE id = ?", arguments: [id])
            guard try isAccepted == true || !Self.isCaseKnown(manifest, in: database) else {
                throw Refused(.caseKnown)
            }
            let last = try Row.fetchOne(
                database, sql: "SELECT sequence, digest FROM receipt WHERE kit = ? ORDER BY sequence DESC LIMIT 1",
                arguments: [manifest.kit.text])
            let receipt = Receipt(
                packetID: manifest.packetID, kit: manifest.kit, fileDigest: manifest.fileDigest,
                fileSize: manifest.fileSize, receivedAt: now, server: server, isTraining: manifest.isTraining,
                sequence: ((last?["sequence"] as Int?) ?? 0) + 1, previousReceiptDigest: last?["digest"])
            let compact = try signer.sign(receipt)
            try database.execute(
                sql: "UPDATE packet SET receivedAt = ? WHERE id = ? AND durableOffset = fileSize",
                arguments: [now.milliseconds, id])
            guard database.changesCount == 1 else {
                throw CentralError(
                    .databaseFailure, "a packet that is not whole was about to get a receipt",
                    hint: "This is a fault of the program: report it.")
            }
            try database.execute(
                sql: "INSERT INTO receipt (packet, kit, sequence, compact, digest) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    id, manifest.kit.text, receipt.sequence, compact, ReceiptSigner.digest(of: compact),
                ])
            return compact
        }
    }
}
