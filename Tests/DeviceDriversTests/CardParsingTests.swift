import EnrolmentCore
import Testing

@testable import DeviceDrivers

@Suite struct CardParsingTests {
    private func field(_ tag: UInt8, _ text: String) -> [UInt8] { [tag, UInt8(text.utf8.count)] + [UInt8](text.utf8) }

    private var least: [UInt8] { field(0x06, "85073003328") + field(0x07, "Voorbeeld") }

    // MARK: - Fields

    @Test("Case 17: tag 0 is a field at the start and padding anywhere else")
    func padding() {
        let fields = CardFields([0x00, 0x02, 0x00, 0x01] + field(0x01, "Straat 1") + [0, 0, 0, 0])
        #expect(fields[0x00] == [0x00, 0x01])
        #expect(fields.text(0x01) == "Straat 1")
        #expect(fields.values.count == 2)
        #expect(fields.flaw == nil)
        #expect(fields.warnings.isEmpty)
    }

    @Test("Case 17: something behind the padding is said and not read")
    func behindPadding() {
        let fields = CardFields(field(0x01, "Straat 1") + [0, 0, 0x02, 0x01, 0x41])
        #expect(fields.values.count == 1)
        #expect(fields.flaw == nil)
        #expect(fields.warnings == [CardFieldWarning(.identity, 0, .contentAfterEnd)])
    }

    @Test(
        "Case 19: fields that run over the end, and lengths that nobody agrees on, are named",
        arguments: [
            ([0x01], CardFileError.truncated(tag: 1, offset: 0)),
            ([0x01, 0x02, 0x41], .truncated(tag: 1, offset: 0)),
            ([0x01, 0x01, 0x41, 0x05, 0x09], .truncated(tag: 5, offset: 3)),
            ([0x07, 0x80, 0x00], .lengthNotSupported(tag: 7, offset: 0)),
            ([0x07, 0xFF, 0x00], .lengthNotSupported(tag: 7, offset: 0)),
            ([0x07, 0x81, 0x00] + [UInt8](repeating: 0x41, count: 129), .lengthNotSupported(tag: 7, offset: 0)),
        ] as [([UInt8], CardFileError)])
    func broken(_ bytes: [UInt8], _ error: CardFileError) {
        #expect(CardFields(bytes).flaw == error)
        #expect(throws: error.self) { _ = try CardIdentity(file: bytes) }
    }

    @Test("Case 19: of a tag that comes twice the first counts, and it is said")
    func duplicates() {
        let fields = CardFields(field(0x07, "Eerste") + field(0x07, "Tweede") + field(0x08, "Alma"))
        #expect(fields.text(0x07) == "Eerste")
        #expect(fields.text(0x08) == "Alma")
        #expect(fields.warnings == [CardFieldWarning(.identity, 7, .duplicate)])
    }

    @Test("Case 21: text loses the spaces that fill it up, and nothing that a terminal would obey gets through")
    func text() {
        #expect(CardFields(field(0x01, "Proefstraat 12     ")).text(0x01) == "Proefstraat 12")
        #expect(CardFields(field(0x07, "A\u{1B}[2JB\u{07}")).text(0x07) == "A\u{FFFD}[2JB\u{FFFD}")
        #expect(CardFields(field(0x07, "A\u{202E}B")).text(0x07) == "A\u{FFFD}B")
        #expect(CardFields([0x07, 0x03, 0x41, 0xFF, 0x42]).text(0x07) == "A\u{FFFD}B")
        #expect(CardFields(field(0x07, "A\0B")).text(0x07) == "A\u{FFFD}B")
        #expect(CardFields(field(0x07, "A\0B")).textWarnings(7, of: .identity).map(\.kind) == [.controlCharacters])
        #expect(CardFields([7, 2, 0x41, 0xFF]).textWarnings(7, of: .identity).map(\.kind) == [.notText])
        #expect(CardFields(field(0x07, "A\0 ")).textWarnings(7, of: .identity).isEmpty)
    }

    // MARK: - Identity

    @Test("Every field of an identity file arrives in its place")
    func identity() throws {
        let file =
            field(0x01, "591201099997") + [0x02, 16] + [UInt8](0..<16) + field(0x03, "01.03.2022")
            + field(0x04, "01.03.2032")
            + field(0x05, "Brugge") + field(0x06, "85073003328") + field(0x07, "D'Voorbeeld") + field(0x08, "Alma Rosa")
            + field(0x09, "T") + field(0x0A, "Belg") + field(0x0B, "Köln") + field(0x0C, "30 JUL  1985")
            + field(0x0D, "V")
            + field(0x0E, "Barones") + field(0x0F, "01") + field(0x10, "0") + [0x11, 0x14]
            + [UInt8](repeating: 9, count: 20)
            + [0x14, 0x00] + field(0x1D, "D") + [0x63, 0x01, 0x2A]
        let identity = try CardIdentity(file: file)
        #expect(identity.cardNumber.text == "591201099997")
        #expect(identity.cardNumber.warnings == [])
        #expect(identity.validFrom == CalendarDate(year: 2022, month: 3, day: 1))
        #expect(identity.validUntil == CalendarDate(year: 2032, month: 3, day: 1))
        #expect(identity.deliveryMunicipality == "Brugge")
        #expect(identity.nationalNumber.formatted == "85.07.30-033.28")
        #expect(identity.surname == "D'Voorbeeld")
        #expect(identity.givenNames == "Alma Rosa")
        #expect(identity.thirdNameInitial == "T")
        #expect(identity.nationality == "Belg")
        #expect(identity.birthPlace == "Köln")
        #expect(identity.birthDateText == "30 JUL  1985")
        #expect(identity.birthDate == PartialDate(year: 1985, month: 7, day: 30))
        #expect(identity.nationalNumber.warnings(birth: identity.birthDate) == [])
        #expect(identity.sex == .female)
        #expect(identity.nobleCondition == "Barones")
        #expect(identity.documentType.kind == .eID)
        #expect(identity.specialStatus == "0")
        #expect(identity.photoDigest.count == 20)
        #expect(identity.residence == CardResidence(isFamilyMember: true, purpose: CardCode("D")))
        #expect(identity.otherFields == [0x63: [0x2A]])
        #expect(identity.chipNumber == [UInt8](0..<16))
        #expect(identity.warnings == [])
        #expect(CardIdentity.chipNumber(inFile: file) == [UInt8](0..<16))
    }

    @Test("What is absent, empty or odd keeps nobody from being served")
    func tolerance() throws {
        let bare = try CardIdentity(file: least)
        #expect(bare.givenNames == "")
        #expect(bare.birthDate == nil)
        #expect(bare.validUntil == nil)
        #expect(bare.documentType.kind == nil)
        let odd = try CardIdentity(
            file: field(0x04, "") + field(0x06, "71715100070") + field(0x07, "X") + field(0x08, "")
                + field(0x0C, "99 JUNO 84")
                + field(0x0D, "X") + field(0x0F, "1") + [0, 0])
        #expect(odd.validUntil == nil)
        #expect(odd.birthDateText == "99 JUNO 84")
        #expect(odd.birthDate == nil)
        #expect(odd.sex == .other("X"))
        #expect(odd.documentType.kind == .eID)
        #expect(odd.nationalNumber.warnings(birth: nil) == [.impossibleDate])
    }

    @Test("A file that names nobody is refused")
    func nobody() {
        #expect(throws: CardFileError.empty) { _ = try CardIdentity(file: []) }
        #expect(throws: CardFileError.empty) { _ = try CardIdentity(file: [0, 0, 0, 0]) }
        #expect(throws: CardFileError.missing(tag: 6)) { _ = try CardIdentity(file: field(0x08, "Alma")) }
    }

    @Test("An address is read with or without padding, and an empty one is none")
    func address() throws {
        let file = field(0x01, "Proefstraat 12") + field(0x02, "8000") + field(0x03, "Brugge")
        let expected = CardAddress(streetAndNumber: "Proefstraat 12", postalCode: "8000", municipality: "Brugge")
        #expect(CardAddress(file: file) == expected)
        #expect(CardAddress(file: file + [UInt8](repeating: 0, count: 80)) == expected)
        #expect(CardAddress(file: [UInt8](repeating: 0, count: 117)) == nil)
        #expect(CardAddress(file: []) == nil)
    }

    // MARK: - Dates

    @Test(
        "Every month of every language is understood",
        arguments: [
            ["JAN"], ["FEB", "FEV"], ["MAAR", "MARS", "MÄR", "MAR", "MA\u{308}R"], ["APR", "AVR"], ["MEI", "MAI"],
            ["JUN", "JUIN"], ["JUL", "JUIL"], ["AUG", "AOUT"], ["SEP", "SEPT"], ["OKT", "OCT"], ["NOV"],
            ["DEC", "DEZ"],
        ].enumerated().map { ($0 + 1, $1) })
    func months(_ number: Int, _ names: [String]) {
        for name in names {
            let expected = PartialDate(year: 1970, month: number, day: 24)
            #expect(PartialDate(cardText: "24 \(name) 1970") == expected)
            #expect(PartialDate(cardText: "24.\(name).1970") == expected)
            #expect(PartialDate(cardText: "24.\(name). 1970") == expected)
            #expect(PartialDate(cardText: "24 \(name.lowercased())  1970 ") == expected)
        }
    }

    @Test(
        "What is unknown of a date stays unknown",
        arguments: [
            ("1 JAN 1971", PartialDate(year: 1971, month: 1, day: 1)),
            ("1984", PartialDate(year: 1984)),
            ("        1984", PartialDate(year: 1984)),
            ("   JAN 1971", PartialDate(year: 1971, month: 1)),
            ("01      1971", PartialDate(year: 1971)),
            ("00 JAN 1971", PartialDate(year: 1971, month: 1)),
            ("32 JAN 1971", PartialDate(year: 1971, month: 1)),
            ("12 JUNO 1980", PartialDate(year: 1980)),
            ("01.02.2014", PartialDate(year: 2014, month: 2, day: 1)),
            ("01.13.2014", PartialDate(year: 2014)),
            ("", nil), ("   ", nil), ("12 JAN 198", nil), ("12 JAN 19 84", nil), ("JAN", nil), ("0000", nil),
            ("١٩٨٤", nil),
        ] as [(String, PartialDate?)])
    func partial(_ text: String, _ date: PartialDate?) {
        #expect(PartialDate(cardText: text) == date)
    }

    // MARK: - Hostile bytes

    @Test("Files changed at random are read or refused by name", arguments: [1, 2, 3, 4] as [UInt64])
    func mutation(_ seed: UInt64) throws {
        var random = CardSeededGenerator(seed: seed)
        let file =
            least + field(0x0C, "24 MÄR 1970") + field(0x04, "01.03.2032") + [0x11, 0x14]
            + [UInt8](repeating: 9, count: 20)
        for _ in 0..<3000 {
            var bytes = file
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes = [UInt8](bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            // The typed throw is the promise: a reading or a CardFileError, and no trap.
            do throws(CardFileError) {
                let identity = try CardIdentity(file: bytes)
                _ = identity.nationalNumber.warnings(birth: identity.birthDate)
                _ = identity.cardNumber.warnings
                _ = identity.birthDate?.complete
                #expect(!identity.surname.unicodeScalars.contains { $0.properties.generalCategory == .control })
            } catch {
                #expect(!error.description.isEmpty)
            }
            _ = CardAddress(file: bytes)
        }
    }

    @Test("Case 19: a file cut anywhere gives what is whole before the cut, and says where it ends")
    func cuts() throws {
        let file = least + field(0x08, "Alma")
        for length in 0..<file.count {
            let cut = [UInt8](file.prefix(length))
            let isNumberThere = length >= field(0x06, "85073003328").count
            let identity = try? CardIdentity(file: cut)
            #expect((identity != nil) == isNumberThere, "cut to \(length)")
            guard let identity else { continue }
            #expect(identity.nationalNumber.digits == "85073003328")
            #expect(identity.surname == (length >= least.count ? "Voorbeeld" : ""))
            let isBetweenFields = length == least.count || length == field(0x06, "85073003328").count
            #expect(identity.warnings.contains { $0.kind == .truncated } != isBetweenFields, "cut to \(length)")
        }
    }

    @Test("Shapes of files are told by their own lengths")
    func shapes() {
        #expect(CardFileShape.certificate.extent(ofFileBeginning: [0x30, 0x82, 0x01, 0x00]) == .length(260))
        #expect(CardFileShape.certificate.extent(ofFileBeginning: [0x30, 0x81, 0x90, 0x00]) == .length(147))
        #expect(CardFileShape.certificate.extent(ofFileBeginning: [0x30, 0x20, 0x01, 0x00]) == .length(34))
        #expect(CardFileShape.certificate.extent(ofFileBeginning: [0, 0, 0, 0]) == .nothing)
        #expect(CardFileShape.certificate.extent(ofFileBeginning: [0x30, 0x84, 0, 0]) == .unknown)
        #expect(CardFileShape.certificate.extent(ofFileBeginning: [0x30, 0x82]) == .unknown)
        #expect(CardFileShape.signature.isWhole([0x30, 0x02, 0x05, 0x00, 0, 0]))
        #expect(!CardFileShape.signature.isWhole([0x30, 0x02, 0x05, 0x00, 0, 1]))
        #expect(!CardFileShape.signature.isWhole([0x30, 0x09, 0x05]))
        #expect(CardFileShape.jpeg.isWhole([0xFF, 0xD8, 0x00, 0xFF, 0xD9]))
        #expect(!CardFileShape.jpeg.isWhole([0xFF, 0xD8, 0x00]))
        #expect(!CardFileShape.jpeg.isWhole([]))
    }
}
