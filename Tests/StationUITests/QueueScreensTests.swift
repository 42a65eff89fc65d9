import EnrolmentCore
import StationUI
import TerminalKit
import Testing

@Suite("Queue, sync and day screens")
struct QueueScreensTests {
    private func expect(_ bench: StationBench, _ name: String, at location: SourceLocation = #_sourceLocation) throws {
        try expectGolden(bench.screen(80, 24), name, at: location)
        try expectGolden(bench.screen(132, 43), name, at: location)
    }

    private func row(_ number: Int, _ state: QueueRow.State, sent: Int64 = 0, problem: FailureCode? = nil) throws
        -> QueueRow
    {
        QueueRow(
            packet: try #require(PacketID("0193f5c2-7b1a-7cde-8f01-23456789\("\(10_010 + number)".dropFirst())")),
            sequence: number,
            caseID: CaseID("V1-\(number)"), state: state, isUrgent: number == 2,
            sealedAt: Specimen.morning.advanced(by: .seconds(600 * number)), bytes: 400_000 + Int64(number) * 12_345,
            bytesAtCentral: sent,
            receivedAt: state == .received || state == .purged ? Specimen.morning.advanced(by: .seconds(9000)) : nil,
            problem: problem)
    }

    private func bench() throws -> StationBench {
        var bench = StationBench()
        bench.tell(
            .queue(
                QueueList([
                    try row(1, .purged, sent: 412_345), try row(2, .received, sent: 424_690),
                    try row(3, .uploading, sent: 200_000), try row(4, .sealed),
                    try row(5, .refused, problem: .central(.refused)),
                ])))
        return bench
    }

    @Test("The queue shows each packet, and for the chosen one its receipt or its problem")
    func queue() throws {
        var bench = try bench()
        bench.press("f2")
        try expect(bench, "queue")
        bench.press("down", "down", "down", "down", "down")
        try expect(bench, "queue-refused")
    }

    @Test("A long queue is asked for as the cursor goes down it, and counted whole from the start")
    func longQueue() throws {
        var bench = StationBench()
        let rows = try (1...100).map { try row($0, .purged) }
        var list = QueueList(rows)
        list.hasMore = true
        list.received = 10_000
        bench.tell(.queue(list))
        #expect(bench.text.contains("10000"))
        bench.press("f2")
        for _ in 0..<49 { bench.press("down") }
        #expect(!bench.effects.contains(.showPackets(200)))
        bench.press("down")
        #expect(bench.effects.last == .showPackets(200))
        // The answer has all there is: nothing more is asked for, and the cursor stays where it is.
        bench.tell(.queue(QueueList(try (1...120).map { try row($0, .purged) })))
        let asked = bench.effects.count
        for _ in 0..<200 { bench.press("down") }
        #expect(bench.effects.count == asked)
        #expect(bench.text.contains(try row(120, .purged).packet.description))
    }

    @Test("Sync says how many days' seals central has, which it did not take, and lets those be sent that wait alone")
    func seals() throws {
        var bench = StationBench()
        bench.tell(.queue(QueueList([try row(1, .purged)])))
        bench.press("f3")
        #expect(bench.text.contains("nog geen dag gesloten"))
        bench.press("enter")
        #expect(bench.effects.last != .startSync)
        bench.tell(.seals(SealState(sent: 3, waiting: 1, lastDay: Specimen.morning.dayInUTC)))
        #expect(bench.text.contains("Er zijn alleen dagzegels te verzenden"))
        bench.press("enter")
        #expect(bench.effects.last == .startSync)
        let result = SyncResult(received: 0, refused: 0, waiting: 0, bytesSent: 0, sealsRefused: [4])
        bench.tell(.sync(.done(result)))
        bench.tell(.seals(SealState(sent: 4, waiting: 0, lastDay: Specimen.morning.dayInUTC)))
        #expect(bench.text.contains("Dagzegels: 4 verstuurd, 0 wachten · laatst gesloten dag: 21/11/2026"))
        try expect(bench, "sync-seals")
    }

    @Test("Sync says how many bytes and how long, and keeps its promise in sight")
    func sync() throws {
        var bench = try bench()
        bench.press("f3")
        try expect(bench, "sync")
        bench.press("enter")
        #expect(bench.effects.last == .startSync)
        bench.tell(
            .sync(
                .running(
                    SyncProgress(
                        packetsDone: 1, packetsTotal: 3, bytesSent: 1_240_000, bytesTotal: 3_310_000,
                        timeLeft: .seconds(80)))))
        try expect(bench, "sync-running")
        bench.press("enter")
        #expect(bench.text.contains("Het verzenden is al bezig."))
        bench.press("f8")
        #expect(bench.effects.last == .cancelSync)
        bench.tell(.sync(.done(SyncResult(received: 3, refused: 1, waiting: 0, bytesSent: 3_310_000))))
        try expect(bench, "sync-done")
    }

    @Test("A sync that failed is told in a box, with the packets safe")
    func syncFailed() throws {
        var bench = try bench()
        bench.press("f3", "enter")
        bench.tell(.sync(.failed(FailureReport(.central(.wrongCertificate), kept: .packet))))
        try expect(bench, "sync-failed")
    }

    @Test("The day shows its figures and whether it can be closed")
    func day() throws {
        var bench = StationBench()
        bench.press("f4")
        #expect(bench.effects.last == .showDay)
        #expect(bench.text.contains("De cijfers worden opgehaald."))
        let none = DaySummary.Amount(packets: 0, bytes: 0)
        var summary = DaySummary(
            day: Specimen.today, sealed: .init(packets: 5, bytes: 2_140_000),
            received: .init(packets: 3, bytes: 1_300_000), purged: .init(packets: 1, bytes: 412_345),
            waiting: .init(packets: 2, bytes: 840_000), conflict: none, refused: none, openDrafts: 0,
            discardedDrafts: 1, bytesSent: 1_450_000, sequences: 41...45)
        bench.tell(.day(summary))
        try expect(bench, "day")
        summary.openDrafts = 1
        bench.tell(.day(summary))
        #expect(bench.text.contains("Er is nog werk dat niet af is"))
        summary.refused = .init(packets: 1, bytes: 1)
        bench.tell(.day(summary))
        #expect(bench.text.contains("iemand moet nakijken"))
    }

    @Test("A day is closed after a question; over work that is left only with a reason")
    func closeDay() throws {
        var bench = StationBench()
        bench.press("f4")
        let none = DaySummary.Amount(packets: 0, bytes: 0)
        var summary = DaySummary(
            day: Specimen.today, sealed: none, received: none, purged: none, waiting: none, conflict: none,
            refused: none, openDrafts: 0, discardedDrafts: 0, bytesSent: 0, sequences: nil)
        bench.tell(.day(summary))
        bench.press("f9", "1")
        #expect(bench.effects.last == .showDay)
        bench.press("f9", "2")
        #expect(bench.effects.last == .closeDay(nil))
        let closure = DayClosure(
            number: 7, closedAt: Specimen.morning, head: "3fa9c2d1", officer: OfficerID("an-07"))
        bench.tell(.dayClosed(closure))
        try expect(bench, "day-closed")
        bench.press("f9")
        #expect(bench.text.contains("De dag is al gesloten."))

        summary.waiting = .init(packets: 2, bytes: 840_000)
        summary.closure = DayClosure(number: 7, closedAt: Specimen.morning, head: "3fa9c2d1")
        summary.openDrafts = 1
        bench.tell(.day(summary))
        #expect(bench.text.contains("De dag is gesloten. Nog open: 1 niet af, 2 te verzenden."))
        #expect(!bench.text.contains("kan gesloten worden"))
        summary.openDrafts = 0
        summary.hasWorkSinceClosure = true
        bench.tell(.day(summary))
        bench.press("f9")
        try expect(bench, "day-close-question")
        bench.press("3")
        #expect(bench.effects.last == .closeDay(.noNetwork))
    }

    @Test("A packet that was put aside is offered again on somebody's word only")
    func retry() throws {
        var bench = try bench()
        bench.press("f2", "f9")
        #expect(bench.text.contains("niet opzij gezet"))
        bench.press("down", "down", "down", "down", "f9")
        #expect(bench.effects.isEmpty)
        bench.press("2")
        #expect(bench.effects.last == .retryPacket(try row(5, .refused).packet))
    }
}
