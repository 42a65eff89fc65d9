import Crypto
import EnrolmentCore
import Foundation
import GRDB
import OfflineCacheSchema
import PacketFormat

@testable import OfflineCache

/// A data folder as the program of an earlier schema left it, written row by row: a packet in the queue with
/// an attempt under way, a draft, a packet that was being made of it, a visit, a clock mark and a journal.
struct EarlierStore {
    let packet: PacketID
    let draft: [UInt8]

    static let draftCase = CaseID("c2")

    init(in maker: StoreMaker, schema migrations: ArraySlice<SchemaMigration>) throws {
        var generator = SystemRandomNumberGenerator()
        packet = PacketID(at: .noon, using: &generator)
        draft = Array("\(Day.marker) of before".utf8)
        let unfinished = PacketID(at: .noon, using: &generator)
        let folder = maker.folder
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/packets", withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let file = Array("age file".utf8)
        try folder.overwrite("packets/\(packet).age", with: file)
        try folder.overwrite("packets/\(unfinished).age", with: [1])
        let database = try DatabaseQueue(path: "\(folder.path)/store.sqlite")
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { try $0.execute(sql: migration.sql) }
        }
        try migrator.migrate(database)
        try database.write { [packet, draft] database in
            try Self.mark(maker, database)
            try Self.queue(packet, file, database)
            try Self.draft(draft, beingMadeInto: unfinished, maker, database)
            try Self.journal(packet, database)
        }
        try database.close()
    }

    private static func mark(_ maker: StoreMaker, _ database: Database) throws {
        let check = try maker.sealing.seal(
            Array("this store opens".utf8), as: RecordName(table: "store_mark", id: "key_check", revision: 1))
        try database.execute(
            sql: "INSERT INTO store_mark (id, mode, kit, key_check, created_at) VALUES (1, 'production', ?, ?, 0)",
            arguments: [maker.kit.id.text, databaseBlob(check)])
        try database.execute(
            sql: "INSERT INTO clock_mark (id, last_known) VALUES (1, ?)", arguments: [Timestamp.noon.milliseconds])
        let visit = try maker.sealing.seal(
            [UInt8](try JSONEncoder().encode(Visit.example)),
            as: RecordName(table: "visit", id: "visit-1", revision: 1))
        try database.execute(
            sql: "INSERT INTO visit (id, planned_for, revision, sealed) VALUES ('visit-1', '2026-11-21', 1, ?)",
            arguments: [databaseBlob(visit)])
    }

    private static func queue(_ packet: PacketID, _ file: [UInt8], _ database: Database) throws {
        let slot = SealingSlot(
            packetID: packet, caseID: CaseID("c1"), visitID: VisitID("v1"), revision: 1, sequence: 1,
            previousManifestDigest: nil, folder: "")
        let signed = try Signatures().manifest(for: slot, file: file)
        try database.execute(
            sql: """
                INSERT INTO packet (
                    id, sequence, case_id, visit_id, state, is_urgent, sealed_at, manifest, file_size, file_digest)
                VALUES (?, 1, 'c1', 'v1', 'sealed', 0, ?, ?, ?, ?)
                """,
            arguments: [
                packet.description, Timestamp.noon.milliseconds, signed.compact, file.count,
                signed.manifest.fileDigest,
            ])
        try database.execute(
            sql: "UPDATE chain_head SET sequence = 1, digest = ? WHERE chain = 'manifest'", arguments: [signed.digest])
        try database.execute(
            sql: "INSERT INTO attempt (packet_id, started_at) VALUES (?, ?)",
            arguments: [packet.description, Timestamp.noon.milliseconds])
    }

    private static func draft(
        _ content: [UInt8], beingMadeInto unfinished: PacketID, _ maker: StoreMaker, _ database: Database
    ) throws {
        let sealed = try maker.sealing.seal(
            content, as: RecordName(table: "draft", id: draftCase.text, revision: 3))
        try database.execute(
            sql: "INSERT INTO draft (case_id, visit_id, revision, saved_at, sealed) VALUES (?, 'v1', 3, ?, ?)",
            arguments: [draftCase.text, Timestamp.noon.milliseconds, databaseBlob(sealed)])
        try database.execute(
            sql: "INSERT INTO sealing (packet_id, case_id) VALUES (?, ?)",
            arguments: [unfinished.description, draftCase.text])
    }

    private static func journal(_ packet: PacketID, _ database: Database) throws {
        let time = String(Timestamp.noon.milliseconds)
        let fields = ["", "1", time, "packet-sealed", "c1", packet.description]
        let text = (fields.map { "\($0.utf8.count):\($0)" } + ["-", "-"]).joined(separator: ",")
        try database.execute(
            sql: """
                INSERT INTO journal (position, at, event, case_id, packet_id, digest)
                VALUES (1, ?, 'packet-sealed', 'c1', ?, ?)
                """,
            arguments: [
                Timestamp.noon.milliseconds, packet.description, hexText(SHA256.hash(data: Array(text.utf8))),
            ])
    }
}
