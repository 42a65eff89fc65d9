import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationUI
import Testing

@testable import StationApp

@Suite("Closing a day")
struct DayClosingTests {
    private static let officer = OfficerID("o-12")

    @Test("what is open is listed and nothing is signed, until a reason is given")
    func reason() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            _ = try await kit.store.drafts.save([1], for: CaseID("c1"), in: VisitID("v1"), after: 0)
            let closing = try DayClosing(kit, clock: bench.clock)
            guard case .leftOpen(let open) = try await closing.close(by: Self.officer) else {
                Issue.record("closed over a draft")
                return
            }
            #expect(open.left.contains { $0.kind == .draft && $0.name == "c1" })
            #expect(open.seal == nil)
            #expect(try await kit.store.seals.statements().isEmpty)
            guard case .closed(let sheet) = try await closing.close(by: Self.officer, because: .goesOnTomorrow) else {
                Issue.record("not closed")
                return
            }
            let seal = try #require(sheet.seal)
            #expect(seal.number == 1 && seal.part == 0 && seal.signature.count == 86 && !sheet.hasWorkSince)
            #expect(seal.shortHead.count == 19 && seal.head.hasPrefix(seal.shortHead.prefix(4)))
            let line = try #require(try await kit.store.journal.lines().last)
            #expect(line.event == .dayClosed && line.officer == Self.officer && line.reason == "goes-on-tomorrow")
            #expect(seal.closedBy == Self.officer.text)
            #expect(try await kit.audit().findings == [])
            kit.store.close()
        }
    }

    @Test("a day is closed once; later work is signed by itself, an earlier day once, a day to come never")
    func once() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let closing = try DayClosing(kit, clock: bench.clock)
            let reason = CloseReason.officeKnows
            let first = try await closing.close(by: nil, because: reason).sheet
            #expect(try await closing.close(by: nil, because: reason).sheet == first)
            try await kit.store.journal.note(.officerLoggedIn, officer: Self.officer, reason: "card")
            #expect(try await closing.sheet().hasWorkSince)
            let second = try await closing.close(by: nil, because: reason).sheet
            #expect(second.seal?.number == 2 && second.seal?.part == 1)
            let before = CalendarDate(daysSinceEpoch: closing.today.daysSinceEpoch - 1)
            let late = try await closing.close(before, by: nil, because: reason).sheet
            #expect(late.seal?.number == 3 && late.seal?.part == 0 && late.day == before.iso8601)
            try await kit.store.journal.note(.officerLoggedOut, officer: Self.officer)
            #expect(try await closing.close(before, by: nil, because: reason).sheet.seal?.number == 3)
            let after = CalendarDate(daysSinceEpoch: closing.today.daysSinceEpoch + 1)
            let refused = await #expect(throws: FailureReport.self) {
                try await closing.close(after, by: nil, because: reason)
            }
            #expect(refused?.code == .input(.dayToCome) && refused?.detail == after.iso8601)
            #expect(try await kit.audit().findings == [])
            kit.store.close()
        }
    }

    @Test("the sheet's lines hold its numbers, the journal's head and the signature")
    func words() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let closing = try DayClosing(kit, clock: bench.clock)
            let open = DaySheetWords(Catalogue()).lines(of: try await closing.sheet()).joined(separator: "\n")
            #expect(open.contains("niet gesloten"))
            let sheet = try await closing.close(by: nil, because: .noNetwork).sheet
            let seal = try #require(sheet.seal)
            let text = DaySheetWords(Catalogue()).lines(of: sheet).joined(separator: "\n")
            #expect(text.contains(seal.signature) && text.contains(seal.shortHead) && text.contains(sheet.day))
            kit.store.close()
        }
    }

    @Test(
        "how long ago the clock's evidence was is said as people say it",
        arguments: [
            (0, "zonet"), (1, "1 seconde geleden"), (59, "59 seconden geleden"), (60, "1 minuut geleden"),
            (190, "3 minuten geleden"), (3600, "1 uur geleden"), (86_399, "23 uur geleden"), (86_400, "1 dag geleden"),
            (9 * 86_400, "9 dagen geleden"),
        ] as [(Int64, String)])
    func ago(seconds: Int64, words: String) {
        #expect(Catalogue().ago(seconds) == words)
    }

    @Test("one is one: a packet, a byte, a line, an attempt; and a clock that is wrong is said in Dutch")
    func singular() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let closing = try DayClosing(kit, clock: bench.clock)
            var sheet = try await closing.close(by: Self.officer, because: .noNetwork).sheet
            sheet.left = [DaySheet.Left(kind: .clock, name: "clock")]
            let text = DaySheetWords(Catalogue()).lines(of: sheet).joined(separator: "\n")
            #expect(text.contains(" 0 pakketten, 0 bytes") && text.contains("door o-12"))
            #expect(!text.contains("1 regels") && !text.contains("clock"))
            kit.store.close()
        }
    }

    @Test("sheet and journal are told in each language, with nothing of another", arguments: Language.allCases)
    func languages(_ language: Language) async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            let (words, closing) = (Catalogue(language), try DayClosing(kit, clock: bench.clock))
            var sheet = try await closing.close(by: Self.officer, because: .noNetwork).sheet
            sheet.left = DaySheet.Left.Kind.allCases.map { DaySheet.Left(kind: $0, name: "NAME") }
            sheet.hasWorkSince = true
            let lines = DaySheetWords(words).lines(of: sheet)
            let journal = AuditWords(words).lines(of: try await kit.audit())
            let dutch = DaySheetWords(Catalogue()).lines(of: sheet)
            #expect(lines.count == dutch.count && lines.count == 20)
            if language != .dutch { #expect(zip(lines, dutch).allSatisfy { $0 != $1 }, "\(lines)") }
            #expect((lines + journal).allSatisfy { !$0.contains("[nl]") && !$0.contains { "{}‹›".contains($0) } })
            kit.store.close()
        }
    }

    @Test("a journal that was given away is read by its file and the kit's public key alone")
    func export() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            _ = try await DayClosing(kit, clock: bench.clock).close(by: nil, because: .noNetwork)
            let file = bench.folder.url.appending(path: "journal.jsonl")
            let (export, pem) = try await kit.exportJournal(to: file)
            kit.store.close()
            let bytes = [UInt8](try Data(contentsOf: file))
            #expect(export.seals == 1 && export.bytes == bytes.count)
            let report = AuditFile(kit: kit.kit.id, keys: [try .init(pem: pem)]).audit(bytes)
            #expect(report.findings == [] && report.lines == export.lines)
            #expect(
                AuditWords(Catalogue()).lines(of: report).last?.hasPrefix("Aan het logboek en de zegels is niets")
                    == true)
        }
    }

    @Test("each day begins where the one before it ends, when summer time begins or ends too")
    func days() {
        for number in 20_400..<20_800 {
            let day = CalendarDate(daysSinceEpoch: number)
            let (begins, ends) = LocalTime.bounds(of: day)
            #expect(LocalTime.day(of: begins) == day)
            #expect(LocalTime.day(of: ends.advanced(by: .milliseconds(-1))) == day)
            #expect(LocalTime.bounds(of: CalendarDate(daysSinceEpoch: number + 1)).start == ends)
        }
    }
}
