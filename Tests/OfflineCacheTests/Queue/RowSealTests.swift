import EnrolmentCore
import Foundation
import GRDB
import Glibc
import OfflineCacheSchema
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Seals on the queue's rows")
struct RowSealTests {
    private let maker: StoreMaker
    private let signatures = Signatures()

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("what no line of a packet tells of has one of its own, once for each finding")
    func noted() async throws {
        let store = try await maker.open()
        let packet = try await store.sealPacket("c1", signatures: signatures)
        let other = try await store.sealPacket("c2", signatures: signatures)
        store.close()
        let files = maker.folder
        // Each finding, and whether it is another one than before, though there are as many of each.
        let findings: [(make: () throws -> Void, row: Int64, file: String, isAnother: Bool)] = [
            (
                {
                    try self.turn(packet.id)
                    try files.overwrite("packets/one.age", with: [1])
                }, 1, "one.age", true
            ),
            ({}, 1, "one.age", false),
            (
                {
                    try self.turn(packet.id)
                    try self.turn(other.id)
                }, 2, "one.age", true
            ),
            ({ try Self.rename(in: files, "one.age", "two.age") }, 2, "two.age", true),
            ({}, 2, "two.age", false),
        ]
        var reasons: [String] = []
        for finding in findings {
            try finding.make()
            for name in try FileManager.default.contentsOfDirectory(atPath: "\(files.path)/packets") {
                chmod("\(files.path)/packets/\(name)", 0o600)
            }
            let (reopened, recovery) = try await maker.openReporting()
            #expect(recovery.unreadableRows == [finding.row] && recovery.unknownFiles == [finding.file])
            let lines = try await reopened.journal.lines().filter { $0.event == .keptDamaged }
            #expect(lines.count == reasons.count + (finding.isAnother ? 1 : 0))
            reasons = lines.compactMap(\.reason)
            reopened.close()
        }
        for reason in reasons { #expect(reason.wholeMatch(of: /rows-1\.files-1\.[0-9a-f]{16}/) != nil, "\(reason)") }
        #expect(Set(reasons).count == 3)
    }

    private func turn(_ packet: PacketID) throws {
        try edit("UPDATE packet SET is_urgent = 1 - is_urgent WHERE id = '\(packet)'")
    }

    private static func rename(in folder: DataFolder, _ old: String, _ new: String) throws {
        try FileManager.default.moveItem(
            atPath: "\(folder.path)/packets/\(old)", toPath: "\(folder.path)/packets/\(new)")
    }

    @Test(
        "a row that somebody changed is named, keeps its file, is not sent, shown or exported, and holds up no other",
        arguments: [
            "sequence = sequence + 100", "case_id = 'c9'", "visit_id = 'v9'", "is_urgent = 1", "sealed_at = 1",
            "manifest = replace(manifest, '.e', '.f')", "file_size = file_size + 1", "mac = NULL",
            "file_digest = upper(file_digest)", "mac = zeroblob(32)", "mac = substr(mac, 1, 31)",
            "state = 'announced', upload_url = '/elsewhere'",
            "state = 'refused', problem = 'refusedByCentral'", "upload_offset = 1",
            "state = 'purged', receipt = 'x', received_at = 1, purged_at = 1",
        ])
    func changed(_ change: String) async throws {
        let store = try await maker.open()
        let bad = try await store.sealPacket("c1", isUrgent: false, signatures: signatures)
        let good = try await store.sealPacket("c2", signatures: signatures)
        store.close()
        try edit("UPDATE packet SET \(change) WHERE id = '\(bad.id)'")
        let (reopened, recovery) = try await maker.openReporting()
        #expect(recovery.unreadableRows == [1])
        #expect(recovery.conflicts.isEmpty && recovery.unknownFiles.isEmpty)
        let queue = reopened.packets
        await #expect(throws: StoreError.packetDamaged(bad.id, .rowChanged)) { try await queue.packet(bad.id) }
        #expect(try await queue.verifyFile(of: bad.id) == .rowChanged)
        #expect(try await queue.packets() == [good])
        let page = try await queue.page(QueueQuery())
        #expect(page.lines.map(\.id) == [good.id])
        #expect(page.unreadable == [1])
        #expect(try await queue.waitingForStick().map(\.id) == [good.id])
        #expect(try await queue.claimNext()?.packet.id == good.id)
        #expect(try await queue.claimNext() == nil)
        for operation in [queue.purge, { try await queue.refuse($0, because: .refusedByCentral) }] {
            await #expect(throws: StoreError.packetDamaged(bad.id, .rowChanged)) { try await operation(bad.id) }
        }
        await #expect(throws: StoreError.unreadable("the database (packet row)")) { try await reopened.check() }
        #expect(try maker.folder.files().keys.contains("packets/\(bad.fileName)"))
        reopened.close()
    }

    @Test("a row is believed in every state that it goes through")
    func everyState() async throws {
        let store = try await maker.open()
        let queue = store.packets
        let packet = try await store.sealPacket("c1", signatures: signatures)
        let steps: [() async throws -> Void] = [
            { try await queue.announce(packet.id, at: "/v1/1") }, { try await queue.advance(packet.id, to: 3) },
            { try await queue.forgetUpload(packet.id) }, { try await queue.refuse(packet.id, because: .caseKnown) },
            { try await queue.retry(packet.id, by: OfficerID("o")) },
            { try await queue.record(try signatures.receipt(for: packet, after: nil)) },
            { try await queue.purge(packet.id) },
        ]
        for step in steps {
            try await step()
            try await store.check()
        }
        #expect(try await queue.packet(packet.id).state == .purged)
        store.close()
    }

    @Test("the rows of an earlier program are sealed once, and a change is seen from then on")
    func earlierProgram() async throws {
        let earlier = try EarlierStore(in: maker, schema: SchemaMigration.all.prefix(3))
        let store = try await maker.open()
        #expect(try await store.packets.packets().map(\.id) == [earlier.packet])
        store.close()
        for change in ["mac = NULL", "is_urgent = 1 - is_urgent"] {
            try edit("UPDATE packet SET \(change)")
            let (reopened, recovery) = try await maker.openReporting()
            #expect(recovery.unreadableRows == [1], "\(change)")
            reopened.close()
        }
    }

    @Test("a seal tells apart where one field ends and the next begins, and an empty one from none")
    func boundaries() throws {
        let seals = try RowSeals(key: [UInt8](repeating: 7, count: 32))
        let rows: [[String?]] = [["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["abc", nil], [nil, "abc"], []]
        #expect(Set(rows.map { seals.seal(of: $0) }).count == rows.count)
        for row in rows { #expect(seals.isSeal(seals.seal(of: row), of: row)) }
        #expect(!seals.isSeal([], of: []))
        #expect(throws: StoreError.unreadable("the key of the store's rows")) { try RowSeals(key: [1, 2]) }
    }

    private func edit(_ sql: String) throws {
        let database = try DatabaseQueue(path: "\(maker.folder.path)/\(Store.databaseName)")
        try database.writeWithoutTransaction { try $0.execute(sql: "PRAGMA ignore_check_constraints = ON; \(sql)") }
        try database.close()
    }
}
