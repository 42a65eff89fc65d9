package import EnrolmentCore
import Foundation
import GRDB
import Glibc
import PacketFormat

/// The packets in the data folder of a laptop that is dead, without any key: neither the packets' rows nor
/// their files are secret, since only central can open them.
///
/// The folder is only read, as from a disk that may not be written any more: the database is copied to a
/// temporary folder and opened there, where SQLite may take in its log. What lies in it under the store key
/// stays under it.
package struct PacketRescue: Sendable {
    /// Nil when the database does not say; then all there is are files.
    package let kit: KitID?
    package let isTraining: Bool
    /// Everything for which there is no receipt, by sequence; files without a readable row last, without a
    /// manifest.
    package let packets: [StickPacket]
    /// Rows that cannot be read.
    package let unreadableRows: Int
    /// Where the files lie.
    package let folder: String

    /// Blocks for as long as the reading takes.
    ///
    /// - Parameter path: the data folder.
    /// - Throws: `inUse` when a program holds the folder; `unreadable` when there is nothing of a kit.
    package init(from path: String) throws(StoreError) {
        try Self.requireNobody(in: path)
        let files = DurableFolder(path: "\(path)/\(Store.packetFolderName)")
        let present = try files.names().compactMap { name in
            name.hasSuffix(".age") ? PacketID(String(name.dropLast(4))) : nil
        }
        // Without a database there still are the files; without memory there would be one.
        try MemoryReserve.prepare(MemoryReserve.byteCount)
        let held = try? Self.database(of: path)
        kit = held?.kit
        isTraining = held?.isTraining ?? false
        unreadableRows = held?.unreadable ?? 0
        folder = files.path
        let known = Set(held?.known ?? [])
        var packets = (held?.packets ?? []).filter { present.contains($0.id) }.sorted { $0.sequence < $1.sequence }
        for id in present where !known.contains(id) {
            let name = PacketFileName.sealed(id)
            // What cannot be read has no digest, and is told of when it is to be written.
            let digest = (try? files.digest(of: name)) ?? ""
            packets.append(StickPacket(found: id, size: try files.size(of: name) ?? 0, digest: digest))
        }
        self.packets = packets
    }

    private struct Held {
        var kit: KitID?
        var isTraining = false
        var packets: [StickPacket] = []
        /// Every packet with a row that can be read, whatever its state.
        var known: [PacketID] = []
        var unreadable = 0
    }

    private static func database(of path: String) throws -> Held {
        let files = DurableFiles()
        let copy = URL.temporaryDirectory.appending(component: "loket-rescue-\(UUID().uuidString)").path
        guard try files.makeDirectory(copy) else { throw StoreError.unwritable("a temporary folder") }
        defer { files.removeFolder(copy) }
        for name in [Store.databaseName, "\(Store.databaseName)-wal"]
        where try files.size(of: "\(path)/\(name)") != nil {
            try files.copy("\(path)/\(name)", to: "\(copy)/\(name)")
        }
        let database = try DatabaseQueue(path: "\(copy)/\(Store.databaseName)")
        defer { try? database.close() }
        return try database.read { try held($0) }
    }

    private static func held(_ database: Database) throws -> Held {
        var held = Held()
        if let mark = try Row.fetchOne(database, sql: "SELECT kit, mode FROM store_mark") {
            held.kit = KitID(try mark.value("kit"))
            held.isTraining = try mark.value("mode") == "training"
        }
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM packet")
        while let row = try rows.next() {
            // There is no key to tell a changed row by: central believes the manifest's signature only.
            guard let packet = try? QueuedPacket(row, nil) else {
                held.unreadable += 1
                continue
            }
            held.known.append(packet.id)
            if packet.receipt == nil { held.packets.append(StickPacket(packet)) }
        }
        if let entered = try? PacketEntry.fetch(nil, database), !held.known.contains(entered.id) {
            held.known.append(entered.id)
            held.packets.append(StickPacket(entered))
        }
        return held
    }

    private static func requireNobody(in path: String) throws(StoreError) {
        do throws(FileFailure) {
            try FileLock("\(path)/\(StoreLock.fileName)", .shared, files: DurableFiles()).release()
        } catch {
            // A disk that may not be written, or a lock that is no file, holds nobody.
            if error.code == EWOULDBLOCK { throw .inUse }
        }
    }
}
