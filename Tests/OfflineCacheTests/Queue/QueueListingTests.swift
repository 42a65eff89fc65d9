import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Listing the queue")
struct QueueListingTests {
    private let store: Store
    private let packets: [QueuedPacket]

    init() async throws {
        let maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
        let signatures = Signatures()
        var packets: [QueuedPacket] = []
        for number in 1...7 {
            packets.append(
                try await store.sealPacket("Case-\(number)_%", isUrgent: number == 5, signatures: signatures))
        }
        try await store.packets.refuse(packets[2].id, because: .refusedByCentral)
        self.packets = packets
    }

    @Test("pages give each packet once, in the order of sending or the newest first")
    func pages() async throws {
        #expect(try await all(limit: 2).map(\.sequence) == [5, 1, 2, 3, 4, 6, 7])
        #expect(try await all(limit: 3, order: .newestFirst).map(\.sequence) == [7, 6, 5, 4, 3, 2, 1])
        #expect(try await all(limit: 7).count == 7)
        var query = QueueQuery()
        query.limit = 7
        #expect(try await store.packets.page(query).next == nil)
        query.limit = 0
        #expect(try await store.packets.page(query).lines.isEmpty)
    }

    @Test("a search finds by packet, case or visit, in any case of letters, and takes no sign for another")
    func search() async throws {
        #expect(try await found("case-3").map(\.sequence) == [3])
        #expect(try await found(packets[3].id.description.uppercased()).map(\.sequence) == [4])
        #expect(try await found("V1").count == 7)
        #expect(try await found("_%").count == 7)
        #expect(try await found("%_").isEmpty)
        #expect(try await found("'; DROP TABLE packet").isEmpty)
    }

    @Test("states and days narrow it down")
    func filters() async throws {
        var query = QueueQuery()
        query.states = [.refused]
        #expect(try await store.packets.page(query).lines.map(\.problem) == [.refusedByCentral])
        query.states = []
        #expect(try await store.packets.page(query).lines.isEmpty)
        query.states = PacketState.waiting
        query.sealed = .noon..<Timestamp.noon.advanced(by: .seconds(1))
        #expect(try await store.packets.page(query).lines.count == 6)
        query.sealed = Timestamp.noon.advanced(by: .seconds(1))..<Timestamp.noon.advanced(by: .seconds(2))
        #expect(try await store.packets.page(query).lines.isEmpty)
    }

    private func found(_ text: String) async throws -> [QueueLine] {
        var query = QueueQuery()
        query.text = text
        return try await store.packets.page(query).lines
    }

    private func all(limit: Int, order: QueueQuery.Order = .sending) async throws -> [QueueLine] {
        var query = QueueQuery()
        query.limit = limit
        query.order = order
        var lines: [QueueLine] = []
        repeat {
            let page = try await store.packets.page(query)
            lines += page.lines
            query.after = page.next
        } while query.after != nil
        return lines
    }
}

@Suite("One bad packet")
struct BadPacketTests {
    private let maker: StoreMaker
    private let signatures = Signatures()

    init() throws { maker = try StoreMaker(try DataFolder()) }

    /// Ways in which a damaged disk changes a row so that the program cannot read it.
    static let damages = [
        "id = 'no packet'", "sequence = 'x'", "manifest = x'ff'", "state = 'gone'", "file_size = 'large'",
        "case_id = NULL", "is_urgent = x'00'", "sealed_at = 1e300",
    ]

    @Test("a row that cannot be read holds up no other packet, whatever is wrong with it", arguments: damages)
    func unreadableRow(damage: String) async throws {
        let store = try await maker.open()
        let bad = try await store.sealPacket("bad", isUrgent: true, signatures: signatures)
        let good = try await store.sealPacket("good", signatures: signatures)
        store.close()
        try poison(bad, damage)
        let (reopened, recovery) = try await maker.openReporting()
        #expect(recovery.unreadableRows.count <= 1)
        let claim = try #require(try await reopened.packets.claimNext())
        #expect(claim.packet.id == good.id)
        #expect(try await reopened.packets.claimNext() == nil)
        let page = try await reopened.packets.page(QueueQuery())
        #expect(page.lines.contains { $0.id == good.id })
        #expect(page.lines.count + page.unreadable.count == 2)
        #expect(try await reopened.packets.packets().map(\.id) == [good.id])
        _ = try await reopened.packets.packetsByCase()
        _ = try await reopened.retentionNotices()
        _ = try await reopened.forecast()
        let sealed = try await reopened.sealPacket("later", signatures: signatures)
        #expect(sealed.sequence == 3)
        reopened.close()
    }

    @Test("a damaged file and a refused packet hold up no other")
    func damagedFile() async throws {
        let store = try await maker.open()
        let damaged = try await store.sealPacket("damaged", isUrgent: true, signatures: signatures)
        let refused = try await store.sealPacket("refused", isUrgent: true, signatures: signatures)
        let good = try await store.sealPacket("good", signatures: signatures)
        try maker.folder.overwrite("packets/\(damaged.fileName)", with: Array("age FILE".utf8))
        let first = try #require(try await store.packets.claimNext())
        #expect(first.packet.id == damaged.id)
        let problem = try #require(try await store.packets.verifyFile(of: damaged.id))
        try await store.packets.finish(first, .failed(.store(.packetDamaged)), bytesSent: 0)
        try await store.packets.findConflict(damaged.id, because: problem)
        try await store.packets.refuse(refused.id, because: .refusedByCentral)
        #expect(try await store.packets.claimNext()?.packet.id == good.id)
        store.close()
    }

    /// Behind the back of the schema, which would refuse each of these.
    private func poison(_ packet: QueuedPacket, _ damage: String) throws {
        let path = "\(maker.folder.path)/\(Store.databaseName)"
        let schema = try DatabaseQueue(path: path)
        try schema.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    PRAGMA writable_schema = ON;
                    UPDATE sqlite_schema
                    SET sql = replace(replace(replace(sql, ') STRICT', ')'), 'TEXT    NOT NULL', 'TEXT'),
                        'INTEGER NOT NULL', 'BLOB')
                    WHERE name = 'packet'
                    """)
        }
        try schema.close()
        let relaxed = try DatabaseQueue(path: path)
        try relaxed.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try database.execute(
                sql: "UPDATE packet SET \(damage) WHERE id = ?", arguments: [packet.id.description])
        }
        try relaxed.close()
    }
}
