import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite("Dates on cards") struct CardDateTests {
    @Test(
        "Case 20: every month of every language is understood, in capitals or not",
        arguments: [
            ["JAN"], ["FEB", "FEV", "FÉV"],
            ["MAAR", "MARS", "MÄR", "MAR", "MA\u{308}R", "MӒR", "MÃ\u{FFFD}R", "MÃ„R", "M\u{FFFD}R"], ["APR", "AVR"],
            ["MEI", "MAI"], ["JUN", "JUIN"], ["JUL", "JUIL"], ["AUG", "AOUT", "AOÛT"], ["SEP", "SEPT"], ["OKT", "OCT"],
            ["NOV"], ["DEC", "DEZ", "DÉC"],
        ].enumerated().map { ($0 + 1, $1) })
    func months(_ number: Int, _ names: [String]) {
        for name in names {
            let expected = PartialDate(year: 1970, month: number, day: 24)
            for text in [
                "24 \(name) 1970", "24 \(name)  1970", "24.\(name).1970", "24.\(name). 1970", "24 \(name) 1970   ",
                "24 \(name.lowercased()) 1970", "24\u{A0}\(name)\u{A0}1970",
            ] {
                #expect(PartialDate(cardText: text) == expected, "\(text)")
                #expect(CardDateText(text).isUnderstood, "\(text)")
            }
            #expect(PartialDate(cardText: "4 \(name) 1970") == PartialDate(year: 1970, month: number, day: 4))
        }
    }

    @Test("Case 20: the bytes of a German March are understood however they were mistaken")
    func mistakenBytes() throws {
        let writings: [[UInt8]] = [
            // UTF-8; UTF-8 taken for Latin-1 and for Windows-1252 and written anew; Latin-1; an A.
            [0xC3, 0x84], [0xC3, 0x83, 0xC2, 0x84], [0xC3, 0x83, 0xE2, 0x80, 0x9E], [0xC4], [0x41], [0x41, 0xCC, 0x88],
        ]
        for writing in writings {
            let text = [UInt8]("24.M".utf8) + writing + [UInt8]("R.1970".utf8)
            let fields = CardFields([0x0C, UInt8(text.count)] + text)
            #expect(
                PartialDate(cardText: fields.text(0x0C)) == PartialDate(year: 1970, month: 3, day: 24), "\(writing)")
        }
    }

    @Test(
        "Case 20: what is unknown of a date stays unknown, and blanks are no mistake",
        arguments: [
            ("1 JAN 1971", PartialDate(year: 1971, month: 1, day: 1)), ("1984", PartialDate(year: 1984)),
            ("        1984", PartialDate(year: 1984)), ("   JAN 1971", PartialDate(year: 1971, month: 1)),
            ("  .JAN.1971", PartialDate(year: 1971, month: 1)), ("  .   .1971", PartialDate(year: 1971)),
            ("01      1971", PartialDate(year: 1971)), ("00 JAN 1971", PartialDate(year: 1971, month: 1)),
            ("00.00.1971", PartialDate(year: 1971)), ("01.02.2014", PartialDate(year: 2014, month: 2, day: 1)),
            ("29.02.2024", PartialDate(year: 2024, month: 2, day: 29)), ("", nil), ("   ", nil),
        ] as [(String, PartialDate?)])
    func partial(_ text: String, _ date: PartialDate?) {
        #expect(PartialDate(cardText: text) == date)
        #expect(CardDateText(text).isUnderstood)
    }

    @Test(
        "Case 20: what cannot be read is not guessed, and it is said",
        arguments: [
            ("32 JAN 1971", PartialDate(year: 1971, month: 1)), ("12 JUNO 1980", PartialDate(year: 1980)),
            ("01.13.2014", PartialDate(year: 2014)), ("31 APR 1980", PartialDate(year: 1980, month: 4, day: 31)),
            ("29.02.2023", PartialDate(year: 2023, month: 2, day: 29)), ("JUNO 1980", PartialDate(year: 1980)),
            ("1 2 JAN 1980", PartialDate(year: 1980, month: 1)), ("-1 JAN 1980", PartialDate(year: 1980, month: 1)),
            ("12 JAN 198", nil), ("12 JAN 19 84", nil), ("JAN", nil), ("0000", nil), ("١٩٨٤", nil), ("12JAN1980", nil),
            ("99999999999999999999", nil), ("1980-01-12", nil),
        ] as [(String, PartialDate?)])
    func unreadable(_ text: String, _ date: PartialDate?) {
        #expect(PartialDate(cardText: text) == date)
        #expect(!CardDateText(text).isUnderstood)
    }

    @Test("Case 23: validity that is empty, or cannot be read, is unknown and stays on the screen as it is")
    func validity() throws {
        func identity(_ from: String, _ until: String) throws -> CardIdentity {
            let texts: [(UInt8, String)] = [(3, from), (4, until), (6, "85073003328"), (7, "Voorbeeld")]
            return try CardIdentity(
                file: texts.flatMap { [$0, UInt8($1.utf8.count)] + [UInt8]($1.utf8) })
        }
        let empty = try identity("", "")
        #expect(empty.validFrom == nil && empty.validUntil == nil)
        #expect(!empty.warnings.contains { $0.kind == .unreadableDate })
        let odd = try identity("01.03.20", "31.02.2032")
        #expect(odd.validFrom == nil && odd.validUntil == nil)
        #expect(odd.validFromText == "01.03.20" && odd.validUntilText == "31.02.2032")
        #expect(odd.warnings.filter { $0.kind == .unreadableDate }.map(\.tag) == [3, 4])
        let today = try #require(CalendarDate(iso8601: "2026-11-22"))
        #expect(try identity("01.03.2012", "01.03.2022").validity(on: today) == .expired)
        #expect(try identity("01.03.2027", "01.03.2037").validity(on: today) == .notYetValid)
    }
}
