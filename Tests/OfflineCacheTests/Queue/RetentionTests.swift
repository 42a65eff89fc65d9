import EnrolmentCore
import Foundation
import GRDB
import OfflineCacheSchema
import StationTestSupport
import Testing

@testable import OfflineCache

@Suite("Retention")
struct RetentionTests {
    private let maker: StoreMaker
    private let signatures = Signatures()
    private let rules: RetentionRules

    init() throws {
        maker = try StoreMaker(try DataFolder())
        rules = try RetentionRules.builtIn()
    }

    @Test("a draft is announced as old from its first save on, as overdue behind the limit, and stays")
    func drafts() async throws {
        let store = try await maker.open()
        let caseID = CaseID("c1")
        _ = try await store.drafts.save([1], for: caseID, in: VisitID("v"), after: 0)
        try await expect([], on: store, afterDays: rules.drafts.warnAfterDays - 1)
        _ = try await store.drafts.save([2], for: caseID, in: VisitID("v"), after: 1)
        try await expect([.draftOld(caseID, days: 7)], on: store, afterDays: rules.drafts.warnAfterDays)
        try await expect([.draftOld(caseID, days: 89)], on: store, afterDays: rules.drafts.limitDays - 1)
        try await expect([.draftOverdue(caseID, days: 90)], on: store, afterDays: rules.drafts.limitDays)
        #expect(try await store.drafts.draft(of: caseID)?.content == [2])
        let reason = try #require(DiscardReason(code: "retention"))
        try await store.drafts.discard(caseID, because: reason, by: OfficerID("o-1"))
        try await expect([], on: store, afterDays: 1000)
        #expect(try await store.journal.lines().last?.reason == "retention")
        store.close()
    }

    @Test("the law's three months and the warning before them stand in the file of rules")
    func legalLimit() {
        #expect(rules.drafts.limitDays == 90)
        #expect(rules.drafts.warnAfterDays < 30)
    }

    @Test("a packet that central does not have is warned about and never deleted, whatever the clock says")
    func unsent() async throws {
        let store = try await maker.open()
        let packet = try await store.sealPacket("c1", signatures: signatures)
        try await expect([.packetUnsent(packet.id, days: 3650)], on: store, afterDays: 3650)
        store.close()
        let reopened = try await maker.open()
        #expect(try await reopened.packets.packets().map(\.id) == [packet.id])
        #expect(try await reopened.packets.verifyFile(of: packet.id) == nil)
        reopened.close()
    }

    @Test("receipts and attempts go when central's own time says that they are old, and the chains go on")
    func oldReceipts() async throws {
        let store = try await maker.open()
        let kept = try #require(rules.receivedPackets.receiptsKeptDays)
        let days = [0, kept - rules.receivedPackets.attemptsKeptDays, kept, kept + 1]
        for (index, day) in days.enumerated() {
            try await deliver("c\(index)", onDay: day, on: store)
        }
        let waiting = try await store.sealPacket("waiting", signatures: signatures)
        store.close()
        let reopened = try await maker.open()
        let packets = try await reopened.packets.packets()
        #expect(packets.map(\.sequence) == [2, 3, 4, 5])
        #expect(try await reopened.packets.attempts(of: packets[0].id).isEmpty)
        #expect(try await reopened.packets.attempts(of: packets[1].id).count == 1)
        #expect(packets.last?.id == waiting.id)
        try await deliver("later", onDay: kept + 2, on: reopened)
        #expect(try await reopened.packets.receiptChainHead()?.sequence == 5)
        try await reopened.check()
        reopened.close()
    }

    @Test("a clock that jumped ahead makes nothing go")
    func clock() async throws {
        let store = try await maker.open()
        try await deliver("c1", onDay: 0, on: store)
        store.close()
        maker.clock.move(to: Timestamp.noon.advanced(by: .seconds(86_400 * 20_000)))
        let reopened = try await maker.open()
        #expect(try await reopened.packets.packets().count == 1)
        reopened.close()
    }

    @Test("the log of attempts keeps the newest lines of a packet that is tried again and again")
    func attempts() async throws {
        let store = try await maker.open()
        let packet = try await store.sealPacket("c1", signatures: signatures)
        try await store.transact(.claim) { [rules] _, database in
            for number in 1...(rules.attemptsKeptPerPacket + 20) {
                try database.execute(
                    sql: "INSERT INTO attempt (packet_id, started_at, ended_at, outcome) VALUES (?, ?, 1, 'x')",
                    arguments: [packet.id.description, number])
            }
            try SealedTable.attempt.sealAll(database)
        }
        let claim = try #require(try await store.packets.claimNext())
        try await store.packets.finish(claim, .failed(.central(.unreachable)), bytesSent: 1)
        let log = try await store.packets.attempts(of: packet.id)
        #expect(log.count == rules.attemptsKeptPerPacket)
        #expect(log.last?.outcome == "central.unreachable")
        store.close()
    }

    @Test(
        "rules that are missing, unknown or contradict themselves are refused",
        arguments: [
            "", "{}", #"{"version":2}"#,
            #"{"version":1,"drafts":{"warnAfterDays":91,"limitDays":90},"unsentPackets":{"warnAfterDays":3},"receivedPackets":{"receiptsKeptDays":1,"attemptsKeptDays":1},"attemptsKeptPerPacket":1}"#,
            #"{"version":1,"drafts":{"warnAfterDays":0,"limitDays":90},"unsentPackets":{"warnAfterDays":3},"receivedPackets":{"attemptsKeptDays":1},"attemptsKeptPerPacket":1}"#,
        ])
    func badRules(json: String) {
        #expect(throws: StoreError.unreadable("the rules of retention")) { try RetentionRules(json: Array(json.utf8)) }
        #expect(throws: StoreError.unreadable("the rules of space")) { try SpaceRules(json: Array(json.utf8)) }
    }

    private func expect(_ notices: [RetentionNotice], on store: Store, afterDays days: Int) async throws {
        maker.clock.move(to: Timestamp.noon.advanced(by: .seconds(86_400 * days)))
        #expect(try await store.retentionNotices() == notices)
    }

    private func deliver(_ name: String, onDay day: Int, on store: Store) async throws {
        let packet = try await store.sealPacket(name, signatures: signatures)
        let claim = try #require(try await store.packets.claimNext())
        let receipt = try await signatures.receipt(
            for: packet, after: store.packets.receiptChainHead(),
            receivedAt: Timestamp.noon.advanced(by: .seconds(86_400 * day)))
        try await store.packets.record(receipt)
        try await store.packets.finish(claim, .received, bytesSent: 1)
        try await store.packets.purge(packet.id)
    }
}

@Suite("A queue that is used for years")
struct QueueSoakTests {
    @Test("twenty thousand packets leave a bounded database, and the kit's own tables do not grow with them")
    func bounded() async throws {
        let maker = try StoreMaker(try DataFolder())
        let store = try await maker.open()
        let count = 20_000
        try await fill(store, with: count)
        try await store.settle()
        let path = "\(maker.folder.path)/\(Store.databaseName)"
        let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        // A page: manifest and receipt take half of it.
        #expect(size / count < 4600, "\(size / count) bytes a purged packet")
        store.close()
        let start = ContinuousClock.now
        let reopened = try await maker.open()
        #expect(start.duration(to: .now) < .seconds(5))
        try await reopened.perform { _, database in
            for table in ["sealing_slot", "draft", "draft_key", "attempt", "packet_export"] {
                let rows = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table)")
                #expect(rows == 0, "\(table)")
            }
        }
        reopened.close()
    }

    /// As they lie there after their receipts, by rows alone: a real seal of each would take an hour.
    private func fill(_ store: Store, with count: Int) async throws {
        let text = String(repeating: "m", count: 950)
        try await store.transact(.enqueue) { store, database in
            var generator = SeededGenerator(seed: 7)
            for number in 1...count {
                let id = PacketID(at: .noon.advanced(by: .seconds(number)), using: &generator)
                try database.cachedStatement(
                    sql: """
                        INSERT INTO packet (
                            id, sequence, case_id, visit_id, state, is_urgent, sealed_at, manifest, file_size,
                            file_digest, receipt, received_at, purged_at)
                        VALUES (?, ?, ?, ?, 'purged', 0, ?, ?, 300000, ?, ?, 1, 1)
                        """
                ).execute(arguments: [
                    id.description, number, "case-\(number)", "visit-\(number / 3)", number, text,
                    String(repeating: "a", count: 64), text,
                ])
            }
            try QueuedPacket.sealAll(store.rowSeals, insteadOf: nil, database)
        }
    }
}
