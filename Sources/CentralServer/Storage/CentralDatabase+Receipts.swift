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

    /// The receipts of a kit from the first of these packets' to the last of theirs, with the packet of each.
    func receipts(of kit: KitID, around packets: [PacketID]) async throws -> [(packet: PacketID, compact: String)] {
        let wanted = Set(packets.map(\.description))
        return try await writer.read { database in
            let all = try Row.fetchAll(
                database, sql: "SELECT packet, compact FROM receipt WHERE kit = ? ORDER BY sequence",
                arguments: [kit.text])
            guard let first = all.firstIndex(where: { wanted.contains($0["packet"]) }),
                let last = all.lastIndex(where: { wanted.contains($0["packet"]) })
            else { return [] }
            return all[first...last].compactMap { row in
                PacketID(row["packet"] as String).map { ($0, row["compact"]) }
            }
        }
    }

    /// Marks a whole packet as received and issues its receipt, both or neither.
    ///
    /// A packet that has a receipt already keeps it: the receipt's place in the kit's chain is given once.
    ///
    /// - Throws: `Refused` with `caseKnown` when another packet about its case was received meanwhile.
    ///
    /// - Parameter isWhole: whether the packet came whole at once; else what was confirmed of it must be all of it.
    func receive(
        _ manifest: Manifest, isWhole: Bool, server: String, signer: ReceiptSigner, at now: Timestamp
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
                sql: """
                    UPDATE packet SET receivedAt = ?, durableOffset = fileSize
                    WHERE id = ? AND (? OR durableOffset = fileSize)
                    """,
                arguments: [now.milliseconds, id, isWhole])
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
