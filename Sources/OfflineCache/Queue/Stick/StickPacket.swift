package import EnrolmentCore
import GRDB

/// A packet as it is written to a stick; nothing of it is secret, and no key is wanted.
package struct StickPacket: Hashable, Sendable {
    package let id: PacketID
    package let sequence: Int
    package let isUrgent: Bool
    package let fileSize: Int
    /// Lower-case hex SHA-256 of the file.
    package let fileDigest: String
    /// The compact JWS; nil for a file that was found without its row.
    package let manifest: String?

    init(_ packet: QueuedPacket) {
        id = packet.id
        sequence = packet.sequence
        isUrgent = packet.isUrgent
        fileSize = packet.fileSize
        fileDigest = packet.fileDigest
        manifest = packet.manifest
    }

    init(found id: PacketID, size: Int, digest: String) {
        self.id = id
        sequence = 0
        isUrgent = false
        fileSize = size
        fileDigest = digest
        manifest = nil
    }
}

extension PacketQueue {
    /// What is to be written to a stick: everything that waits for central, by sequence.
    package func waitingForStick() async throws(StoreError) -> [StickPacket] {
        try await packets(in: PacketState.waiting).map { StickPacket($0) }.sorted { $0.sequence < $1.sequence }
    }

    /// Notes that packets were written to a stick. They are as much in the queue as before: only a receipt
    /// takes them out.
    package func noteExport(_ ids: [PacketID], to stick: String) async throws(StoreError) {
        try await store.transact(.noteExport) { store, database in
            let sql = """
                INSERT INTO packet_export (packet_id, stick, written_at) VALUES (?, ?, ?)
                ON CONFLICT (packet_id, stick) DO UPDATE SET written_at = excluded.written_at
                """
            let statement = try database.cachedStatement(sql: sql)
            for id in ids {
                try statement.execute(arguments: [id.description, stick, store.clock.now().milliseconds])
                try SealedTable.packetExport.seal(database, id.description, stick)
            }
        }
    }

    /// Where in the data folder a packet's file lies.
    package var folder: String { store.packetFiles.path }
}
