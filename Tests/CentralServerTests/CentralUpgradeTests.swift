import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Testing

@testable import CentralServer

@Suite("Upgrading central's database")
struct CentralUpgradeTests {
    @Test("Packets, receipts and chains come through from each schema", arguments: EarlierCentral.allCases)
    func whole(_ version: EarlierCentral) async throws {
        try await TemporaryFolder.run { folder in
            let packets = try Self.make(version, in: folder, named: "earlier")
            let held = try Held(opening: "\(folder)/earlier")
            #expect(held.schemas == (1...4).map { "central-\($0)" })
            #expect(held.packets == packets.map(\.id.description).sorted())
            #expect(held.receipts == ["receipt-0", "receipt-1", "receipt-2"])
            // The third is a second one under the first number; the fourth goes on from the second.
            #expect(held.links.map(\.packet) == [0, 1, 3].map { packets[$0].id.description })
            #expect(held.links.map(\.sequence) == [1, 2, 3] && held.findings == [packets[2].id.description])
            #expect(held.signers == 1)
        }
    }

    @Test("Power may go after each page of the log, and within it", arguments: EarlierCentral.allCases)
    func everyCut(_ version: EarlierCentral) async throws {
        try await TemporaryFolder.run { folder in
            _ = try Self.make(version, in: folder, named: "earlier")
            // Kept open, so that nothing is moved from the log into the file.
            try Self.copy("\(folder)/earlier", to: "\(folder)/newest")
            let newest = try CentralDatabase(path: "\(folder)/newest")
            let wanted = try Held(newest)
            let log = try Data(contentsOf: URL(filePath: "\(folder)/newest-wal"))
            let frame = 4096 + 24
            let frames = (log.count - 32) / frame
            #expect(frames > 10 && (log.count - 32) % frame == 0)
            var unchanged = 0
            for cut in 0...frames {
                // Half a page more is none: every other time.
                let length = min(log.count, 32 + cut * frame + cut % 2 * frame / 2)
                try Self.copy("\(folder)/earlier", to: "\(folder)/cut")
                try log.prefix(length).write(to: URL(filePath: "\(folder)/cut-wal"))
                let schemas = try Self.schemas(of: "\(folder)/cut", inCopy: "\(folder)/seen")
                if schemas.count == version.rawValue { unchanged += 1 }
                #expect(try Held(opening: "\(folder)/cut") == wanted, "cut at \(length) of \(log.count)")
            }
            #expect(unchanged > 0)
            try newest.writer.close()
        }
    }

    private static func make(_ version: EarlierCentral, in folder: String, named name: String) throws -> [TestPacket] {
        let keys = try CentralKeys.make(in: "\(folder)/keys", training: false)
        let provisioned = try keys.provision(
            KitID("kit-1"), url: "https://localhost:1", recipients: [.hybrid], at: TestPacket.time)
        let bundle = provisioned.bundle
        let first = try TestPacket(bundle, seed: 260)
        let second = try TestPacket(bundle, seed: 261, after: first)
        let packets = [
            first, second, try TestPacket(bundle, seed: 262), try TestPacket(bundle, seed: 263, after: second),
        ]
        // Closing it moves the log into the file.
        try EarlierCentral.make(version, at: "\(folder)/\(name)", provisioned, packets).close()
        return packets
    }

    private static func copy(_ file: String, to target: String) throws {
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: target + suffix) }
        try FileManager.default.copyItem(atPath: file, toPath: target)
    }

    /// What a cut left, looked at in a copy: opening it would mend it.
    private static func schemas(of file: String, inCopy copy: String) throws -> [String] {
        try Self.copy(file, to: copy)
        try FileManager.default.copyItem(atPath: file + "-wal", toPath: copy + "-wal")
        let database = try DatabaseQueue(path: copy)
        defer { try? database.close() }
        return try database.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations ORDER BY 1") }
    }
}

/// What must come through.
private struct Held: Equatable {
    struct Link: Equatable {
        let sequence: Int
        let packet: String
        let digest: String
    }

    let schemas: [String]
    let packets: [String]
    let receipts: [String]
    let links: [Link]
    let findings: [String]
    let signers: Int

    init(opening path: String) throws {
        let database = try CentralDatabase(path: path)
        try self.init(database)
        try database.writer.close()
    }

    init(_ database: CentralDatabase) throws {
        self = try database.writer.read { try Held($0) }
    }

    private init(_ database: Database) throws {
        let texts = { (sql: String) in try String.fetchAll(database, sql: sql) }
        schemas = try texts("SELECT identifier FROM grdb_migrations ORDER BY 1")
        packets = try texts("SELECT id FROM packet ORDER BY id")
        receipts = try texts("SELECT compact FROM receipt ORDER BY sequence")
        findings = try texts("SELECT packet FROM chainFinding ORDER BY packet")
        links = try Row.fetchAll(database, sql: "SELECT * FROM chainLink ORDER BY sequence").map {
            Link(sequence: $0["sequence"], packet: $0["packet"], digest: $0["digest"])
        }
        signers = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM kitKey") ?? 0
        #expect(try texts("PRAGMA integrity_check") == ["ok"])
    }
}
