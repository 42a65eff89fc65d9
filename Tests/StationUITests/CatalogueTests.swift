import EnrolmentCore
import EnrolmentFlow
import Testing

@testable import StationUI

@Suite("Catalogue")
struct CatalogueTests {
    @Test("Every language has every phrase, and a device's own remedy where Dutch has it", arguments: Language.allCases)
    func complete(_ language: Language) {
        let table = Catalogue.table(language)
        let expected = Phrase.all.map(\.id) + Phrase.optional.map(\.id).filter { Catalogue.dutch[$0] != nil }
        #expect(expected.filter { table[$0] == nil } == [])
        #expect(table.filter { $0.value.isEmpty }.keys.sorted() == [])
        #expect(Phrase.all.allSatisfy { !Catalogue(language)[$0].contains("[nl]") })
    }

    @Test("No table has a phrase that nothing asks for", arguments: Language.allCases)
    func noneTooMany(_ language: Language) {
        let known = Set((Phrase.all + Phrase.optional).map(\.id))
        #expect(known.count == (Phrase.all + Phrase.optional).count)
        #expect(Set(Catalogue.table(language).keys).subtracting(known).sorted() == [])
    }

    @Test("Each part of a table has phrases of its own", arguments: Language.allCases)
    func partsAreApart(_ language: Language) {
        let parts =
            switch language {
            case .dutch: Catalogue.dutchParts
            case .french: Catalogue.frenchParts
            case .german: Catalogue.germanParts
            case .english: Catalogue.englishParts
            }
        #expect(parts.map(\.count).reduce(0, +) == Catalogue.table(language).count)
    }

    @Test(
        "Every failure says what happened, what was kept and what to do",
        arguments: FailureCode.all, Language.allCases)
    func failures(_ code: FailureCode, _ language: Language) {
        for kept in FailureReport.Kept.allCases {
            let words = Catalogue(language).explain(FailureReport(code, detail: "bulk -9", kept: kept))
            for text in [words.title, words.happened, words.kept, words.remedy] {
                #expect(text.count > 4)
                #expect(text.first?.isUppercase == true)
                #expect(!text.contains { "{}‹›".contains($0) })
                #expect(!text.contains("bulk -9"))
            }
            for sentence in [words.happened, words.kept, words.remedy] { #expect(sentence.last == ".") }
            #expect(words.title.count <= 60)
        }
    }

    @Test("Each device's failures name that device", arguments: DeviceKind.allCases, Language.allCases)
    func deviceNames(_ kind: DeviceKind, _ language: Language) {
        let catalogue = Catalogue(language)
        for problem in DeviceError.Problem.allCases {
            let words = catalogue.explain(FailureReport(DeviceError(kind, problem), kept: .draft))
            #expect(words.happened.lowercased().contains(catalogue[.device(kind)].lowercased()), "\(problem)")
        }
    }

    @Test("Every retry tells the person something to do", arguments: CaptureRetry.allCases, Language.allCases)
    func retries(_ retry: CaptureRetry, _ language: Language) {
        let words = Catalogue(language).explain(retry)
        #expect(words.count > 20 && words.last == ".")
    }

    @Test("A translation fills in the same values as Dutch", arguments: [Language.french, .german, .english])
    func placeholders(_ language: Language) {
        let values = { (text: String) in
            (0..<6).filter { text.contains("{\($0)}") }
        }
        for (id, text) in Catalogue.table(language) {
            #expect(values(text) == values(Catalogue.dutch[id] ?? ""), "\(id)")
        }
    }

    @Test("What a language came to lack is seen in Dutch, marked")
    func standIn() {
        #expect(Catalogue.standIn(for: "ui.keySeal", in: .french) == "[nl] Verzegelen")
        #expect(Catalogue.standIn(for: "ui.unheardOf", in: .french) == "‹ui.unheardOf›")
        #expect(Catalogue.standIn(for: "ui.unheardOf", in: .dutch) == "‹ui.unheardOf›")
    }

    @Test("French keeps a mark on the line of its word")
    func frenchMarks() {
        let french = Catalogue(.french)
        #expect(french[.quitTitle] == "Quitter\u{A0}?")
        #expect(french.text(.failureCode, "S01") == "Code\u{A0}: S01")
        for (id, text) in Catalogue.french {
            #expect(!["« ", " »", " :", " ;", " ?", " !"].contains { text.contains($0) }, "\(id)")
        }
    }

    @Test(
        "A key's row fits into two rows of 80 columns on every screen in every language", arguments: Language.allCases)
    func keyNamesAreShort(_ language: Language) {
        for key in UIText.allCases where key.rawValue.hasPrefix("key") {
            #expect(Catalogue(language)[key].count <= 18, "\(key)")
        }
    }

    @Test("What stands in a narrow place of an 80-column screen is not cut", arguments: Language.allCases)
    func narrowPlaces(_ language: Language) {
        let catalogue = Catalogue(language)
        var places: [(phrase: Phrase, columns: Int)] = [
            (.ui(.queueNumber), 6), (.ui(.queueSealedAt), 9), (.ui(.queueSize), 9), (.ui(.queueSent), 6),
            (.ui(.queueReceipt), 12), (.ui(.dayPackets), 10), (.ui(.dayBytes), 12), (.ui(.casePlanned), 12),
            (.ui(.caseBegun), 12), (.ui(.caseStored), 12), (.ui(.caseStopped), 12),
        ]
        places.append((.ui(.caseDelivery), 12))
        places += DeliveryPart.allCases.map { (.deliveryPart($0), 12) }
        places += DeliveryRefusal.allCases.map { (.deliveryRefusal($0), 78) }
        places += QueueRow.State.allCases.map { (.queueState($0), 12) }
        places += EnrolmentPart.allCases.map { (.part($0), 14) }
        places += FingerPosition.allCases.map { (.fingerShort($0), 7) }
        // The one line above the keys.
        places += UIText.allCases.filter { $0.rawValue.hasPrefix("reason") }.map { (.ui($0), 78) }
        places += Refusal.allCases.map { (.refusal($0), 78) }
        for place in places { #expect(catalogue[place.phrase].count <= place.columns, "\(place.phrase.id)") }
    }
}

@Suite("Formats")
struct FormatTests {
    private let dutch = Catalogue(.dutch)

    @Test(
        "Bytes have three figures and a decimal comma",
        arguments: [
            (Int64(0), "0 B"), (999, "999 B"), (1000, "1,00 kB"), (34_512, "34,5 kB"), (412_345, "412 kB"),
            (999_499, "999 kB"), (999_500, "1,00 MB"), (1_240_000, "1,24 MB"), (9_996_000, "10,0 MB"),
            (412_000_000_000, "412 GB"), (-5, "0 B"), (.max, "9223372 TB"),
        ])
    func bytes(_ count: Int64, _ text: String) { #expect(dutch.bytes(count) == text) }

    @Test("English has a decimal point, French has octets")
    func units() {
        #expect(Catalogue(.english).bytes(1_240_000) == "1.24 MB")
        #expect(Catalogue(.french).bytes(1_240_000) == "1,24 Mo")
    }

    @Test("A day is written as its language does")
    func daysOfLanguages() throws {
        let day = try #require(CalendarDate(iso8601: "2026-11-01"))
        #expect(Catalogue(.french).day(day) == "dimanche 1er novembre 2026")
        #expect(Catalogue(.german).day(day) == "Sonntag, 1. November 2026")
        #expect(Catalogue(.english).day(day) == "Sunday 1 November 2026")
    }

    @Test(
        "Spans of time are told in two units",
        arguments: [
            (0, "0 s"), (59, "59 s"), (80, "1 min 20 s"), (605, "10 min 05 s"), (7500, "2 u 05 min"), (-3, "0 s"),
        ])
    func spans(_ seconds: Int, _ text: String) { #expect(dutch.span(.seconds(seconds)) == text) }

    @Test("Days have their names")
    func days() throws {
        #expect(dutch.day(try #require(CalendarDate(iso8601: "2026-11-21"))) == "zaterdag 21 november 2026")
        #expect(dutch.day(try #require(CalendarDate(iso8601: "1970-01-01"))) == "donderdag 1 januari 1970")
        #expect(dutch.day(try #require(CalendarDate(iso8601: "1969-12-29"))) == "maandag 29 december 1969")
        #expect(dutch.shortDay(PartialDate(year: 1971)) == "../../1971")
        #expect(dutch.shortDay(PartialDate(year: 1971, month: 3, day: 4)) == "04/03/1971")
    }

    @Test("The time of day is local, before 1970 too")
    func times() {
        #expect(dutch.time(Specimen.morning, offset: .seconds(3600)) == "09:04")
        #expect(dutch.time(Timestamp(milliseconds: -60_000), offset: .zero) == "23:59")
    }

    @Test(
        "Dates are read as people type them",
        arguments: ["3-11-2026", "03/11/2026", "3.11.2026", "3 11 2026"])
    func typedDates(_ text: String) { #expect(CalendarDate(typed: text)?.iso8601 == "2026-11-03") }

    @Test("What is no date is refused", arguments: ["", "3-11", "31-2-2026", "3-11-26", "2026-11-03", "x-y-2026"])
    func noDates(_ text: String) { #expect(CalendarDate(typed: text) == nil) }
}
