import EnrolmentCore
import EnrolmentFlow
import Testing

@testable import StationUI

@Suite("Catalogue")
struct CatalogueTests {
    private let dutch = Catalogue(.dutch)

    @Test("Dutch has every phrase")
    func complete() {
        let missing = Phrase.all.filter { Catalogue.dutch[$0.id] == nil }.map(\.id)
        #expect(missing.isEmpty)
        #expect(Catalogue.dutch.values.allSatisfy { !$0.isEmpty })
    }

    @Test("No table has a phrase that nothing asks for", arguments: Language.allCases)
    func noneTooMany(_ language: Language) {
        let known = Set((Phrase.all + Phrase.optional).map(\.id))
        #expect(known.count == (Phrase.all + Phrase.optional).count)
        #expect(Set(Catalogue.table(language).keys).subtracting(known).sorted() == [])
    }

    @Test("Every failure says what happened, what was kept and what to do", arguments: FailureCode.all)
    func failures(_ code: FailureCode) {
        for kept in FailureReport.Kept.allCases {
            let words = dutch.explain(FailureReport(code, detail: "bulk -9", kept: kept))
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

    @Test("Each device's failures name that device")
    func deviceNames() {
        for kind in DeviceKind.allCases {
            let words = dutch.explain(FailureReport(DeviceError(kind, .unplugged), kept: .draft))
            #expect(words.happened.lowercased().contains(dutch[.device(kind)]))
        }
    }

    @Test("Every retry tells the person something to do", arguments: CaptureRetry.allCases)
    func retries(_ retry: CaptureRetry) {
        let words = dutch.explain(retry)
        #expect(words.count > 20 && words.last == ".")
    }

    @Test("A translation fills in the same values as Dutch", arguments: [Language.french, .german, .english])
    func placeholders(_ language: Language) {
        let values = { (text: String) in
            (0..<4).filter { text.contains("{\($0)}") }
        }
        for (id, text) in Catalogue.table(language) {
            #expect(values(text) == values(Catalogue.dutch[id] ?? ""), "\(id)")
        }
    }

    @Test("What a language lacks is seen in Dutch, marked", arguments: [Language.french, .german, .english])
    func fallback(_ language: Language) throws {
        let missing = Phrase.all.filter { Catalogue.table(language)[$0.id] == nil }
        // This is the list for whoever translates; a complete language makes it empty.
        print("\(language.rawValue): \(missing.count) of \(Phrase.all.count) missing: \(missing.map(\.id).prefix(5))…")
        let first = try #require(missing.first, "this language is complete: nothing falls back")
        #expect(Catalogue(language)[first] == "[nl] \(dutch[first])")
        let present = try #require(Phrase.all.first { Catalogue.table(language)[$0.id] != nil })
        #expect(!Catalogue(language)[present].contains("[nl]"))
    }

    @Test(
        "A key's row fits into two rows of 80 columns on every screen in every language", arguments: Language.allCases)
    func keyNamesAreShort(_ language: Language) {
        let longest = UIText.allCases.filter { $0.rawValue.hasPrefix("key") }
        for key in longest {
            guard let text = Catalogue.table(language)[Phrase.ui(key).id] else { continue }
            #expect(text.count <= 18, "\(key)")
        }
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

    @Test("English has a decimal point")
    func point() { #expect(Catalogue(.english).bytes(1_240_000) == "1.24 MB") }

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
