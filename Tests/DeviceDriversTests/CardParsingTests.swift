import EnrolmentCore
import StationTestSupport
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

    @Test("Case 17: an identity file may begin with its version, and end with or without filling")
    func filling() throws {
        let version: [UInt8] = [0x00, 0x02, 0x00, 0x01]
        for file in [
            least, least + [0], least + [UInt8](repeating: 0, count: 90), version + least, version + least + [0],
        ] {
            let identity = try CardIdentity(file: file)
            #expect(identity.surname == "Voorbeeld")
            #expect(identity.fileVersion == (file.first == 0 ? [0x00, 0x01] : []))
            #expect(identity.warnings.allSatisfy { $0.kind == .missing })
        }
    }

    @Test("Every field of an identity file arrives in its place")
    func identity() throws {
        let file =
            field(0x01, "591201099997") + [0x02, 16] + [UInt8](0..<16) + field(0x03, "01.03.2022")
            + field(0x04, "01.03.2032") + field(0x05, "Brugge") + field(0x06, "85073003328")
            + field(0x07, "D'Voorbeeld") + field(0x08, "Alma Rosa") + field(0x09, "T") + field(0x0A, "Belg")
            + field(0x0B, "Köln") + field(0x0C, "30 JUL  1985") + field(0x0D, "V") + field(0x0E, "Barones")
            + field(0x0F, "01") + field(0x10, "0") + [0x11, 0x14] + [UInt8](repeating: 9, count: 20)
            + [0x1A, 0x30] + [UInt8](repeating: 8, count: 48) + [0x63, 0x01, 0x2A]
        let identity = try CardIdentity(file: file)
        #expect(identity.cardNumber.text == "591201099997")
        #expect(identity.chipNumber == [UInt8](0..<16))
        #expect(identity.validFrom == CalendarDate(year: 2022, month: 3, day: 1))
        #expect(identity.validUntil == CalendarDate(year: 2032, month: 3, day: 1))
        #expect(identity.validFromText == "01.03.2022")
        #expect(identity.deliveryMunicipality == "Brugge")
        #expect(identity.nationalNumber.formatted == "85.07.30-033.28")
        #expect(identity.surname == "D'Voorbeeld")
        #expect(identity.givenNames == "Alma Rosa")
        #expect(identity.thirdNameInitial == "T")
        #expect(identity.nationality == "Belg")
        #expect(identity.birthPlace == "Köln")
        #expect(identity.birthDateText == "30 JUL  1985")
        #expect(identity.birthDate == PartialDate(year: 1985, month: 7, day: 30))
        #expect(identity.sex == .female)
        #expect(identity.nobleCondition == "Barones")
        #expect(identity.documentType.name == .identityCard)
        #expect(identity.specialStatus == "0")
        #expect(identity.status == CardSpecialStatus.none)
        #expect(identity.photoDigest.count == 20)
        #expect(identity.basicKeyDigest.count == 48)
        #expect(identity.residence == nil)
        #expect(identity.otherFields == [0x63: [0x2A]])
        #expect(identity.warnings == [])
        #expect(CardIdentity.chipNumber(inFile: file) == [UInt8](0..<16))
    }

    @Test("Every field of a residence card arrives in its place")
    func residence() throws {
        let file =
            least + field(0x12, "01") + field(0x13, "4") + [0x14, 0x00] + field(0x15, "01.02.2014-IT")
            + field(0x16, "8") + field(0x17, "0123.456.789") + field(0x18, "0987.654.321")
            + field(0x19, "B/1/2024/000001") + field(0x1B, "B") + field(0x1C, "C") + field(0x1D, "I")
            + field(0x1E, "K") + field(0x1F, "05.04.2021")
        let residence = try #require(try CardIdentity(file: file).residence)
        #expect(residence.duplicate == "01")
        #expect(residence.organisation.meaning == .formerBlueCardHolder)
        #expect(residence.isFamilyMember)
        #expect(residence.protection?.since == CalendarDate(year: 2014, month: 2, day: 1))
        #expect(residence.protection?.country == "IT")
        #expect(residence.labourMarket.meaning == .limited)
        #expect(residence.employerVAT1 == "0123.456.789")
        #expect(residence.employerVAT2 == "0987.654.321")
        #expect(residence.regionalFileNumber == "B/1/2024/000001")
        #expect(residence.brexitAgreement.meaning == .article18)
        #expect(residence.brexitStay.meaning == .permanent)
        #expect(residence.purpose.meaning == .researcher)
        #expect(residence.mobility.meaning == .programme)
        #expect(residence.euStart == CalendarDate(year: 2021, month: 4, day: 5))
        #expect(try CardIdentity(file: file).warnings.allSatisfy { $0.kind == .missing })
    }

    @Test("Case 18: every field may be empty, and an empty mark of family says that it is so")
    func emptyFields() throws {
        let tags = (UInt8(1)...0x1F).filter { $0 != 6 && $0 != 7 }
        let empty = tags.flatMap { tag -> [UInt8] in [tag, 0] }
        let identity = try CardIdentity(file: least + empty)
        #expect(identity.surname == "Voorbeeld")
        #expect(identity.givenNames == "" && identity.nobleCondition == "" && identity.thirdNameInitial == "")
        #expect(identity.validUntil == nil && identity.birthDate == nil && identity.status == nil)
        #expect(identity.residence == CardResidence(isFamilyMember: true))
        #expect(identity.warnings.map(\.kind).allSatisfy { $0 == .unknownValue })
        // Sex and document type say nothing, and the fields of bytes have no length that is known.
        #expect(identity.warnings.map(\.tag) == [0x02, 0x0D, 0x0F, 0x11, 0x1A])
        let other = try CardIdentity(file: least + field(0x12, ""))
        #expect(other.residence == CardResidence(isFamilyMember: false))
    }

    @Test("Case 19: what is absent, unknown or odd keeps nobody from being served, and is said")
    func tolerance() throws {
        let bare = try CardIdentity(file: least)
        #expect(bare.givenNames == "" && bare.birthDate == nil && bare.documentType.kind == nil)
        #expect(bare.warnings.map(\.tag) == [0x01, 0x02, 0x03, 0x04, 0x0C, 0x0D, 0x0F, 0x11])
        #expect(bare.warnings.allSatisfy { $0.kind == .missing })
        let odd = try CardIdentity(
            file: field(0x04, "eeuwig") + field(0x06, "71715100070") + field(0x07, "X") + field(0x08, "")
                + field(0x0C, "99 JUNO 1984") + field(0x0D, "X") + field(0x0F, "77") + field(0x10, "9") + [0x11, 1, 0]
                + [0x14, 1, 1] + field(0x15, "IT") + field(0x16, "6") + [0x63, 1, 7] + [0, 0])
        #expect(odd.validUntil == nil && odd.validUntilText == "eeuwig")
        #expect(odd.birthDateText == "99 JUNO 1984" && odd.birthDate == PartialDate(year: 1984))
        #expect(odd.sex == .other("X"))
        #expect(odd.documentType.text == "77" && odd.documentType.name == nil)
        #expect(odd.specialStatus == "9" && odd.status == nil)
        #expect(odd.residence?.protection == CardProtection(text: "IT", since: nil, country: nil))
        #expect(odd.residence?.labourMarket.text == "6")
        #expect(odd.otherFields == [0x63: [7]])
        let said = odd.warnings.filter { $0.kind != .missing }.map { ($0.tag, $0.kind) }
        #expect(
            said.elementsEqual(
                [
                    (0x04, .unreadableDate), (0x0C, .unreadableDate), (0x0D, .unknownValue), (0x0F, .unknownValue),
                    (0x10, .unknownValue), (0x11, .unknownValue), (0x14, .unknownValue), (0x15, .unreadableDate),
                    (0x16, .unknownValue),
                ] as [(UInt8, CardFieldWarning.Kind)], by: ==))
    }

    @Test(
        "Case 19: a field that cannot be told from what is behind it ends the reading, and what was read stands",
        arguments: [
            ([0x19, 0x20, 0x41], .truncated), ([0x19], .truncated),
            ([0x19, 0x80] + [UInt8](repeating: 0x41, count: 128), .lengthNotSupported),
            ([0x19, 0xFF, 0x01] + [UInt8](repeating: 0x41, count: 256), .lengthNotSupported),
            ([0x19, 0x81, 0x00] + [UInt8](repeating: 0x41, count: 128) + [0x1F, 0x00], .lengthNotSupported),
        ] as [([UInt8], CardFieldWarning.Kind)])
    func brokenEnd(_ end: [UInt8], _ kind: CardFieldWarning.Kind) throws {
        let identity = try CardIdentity(file: least + field(0x08, "Alma") + end)
        #expect(identity.nationalNumber.digits == "85073003328")
        #expect(identity.givenNames == "Alma")
        #expect(identity.residence == nil)
        // Nothing is said to be missing: it may stand behind the flaw.
        #expect(identity.warnings == [CardFieldWarning(.identity, 0x19, kind)])
    }

    @Test("A file that names nobody is refused; a number or a surname alone is somebody")
    func nobody() throws {
        #expect(throws: CardFileError.empty) { _ = try CardIdentity(file: []) }
        #expect(throws: CardFileError.empty) { _ = try CardIdentity(file: [0, 0, 0, 0]) }
        #expect(throws: CardFileError.missing(tag: 6)) { _ = try CardIdentity(file: field(0x08, "Alma")) }
        let numbered = try CardIdentity(file: field(0x06, "85073003328"))
        #expect(numbered.surname == "" && numbered.warnings.contains(CardFieldWarning(.identity, 7, .missing)))
        let named = try CardIdentity(file: field(0x07, "Voorbeeld"))
        #expect(named.nationalNumber.warnings(birth: nil) == [.malformed])
    }

    @Test("A start-up card, which is nobody's, misses nothing")
    func noPerson() throws {
        let identity = try CardIdentity(file: field(0x01, "1") + field(0x07, "TEST") + field(0x0F, "07"))
        #expect(identity.documentType.kind == nil)
        #expect(identity.warnings == [])
    }

    // MARK: - Address

    @Test("Case 17: an address is read at any length with or without filling, and an empty one is none")
    func address() throws {
        let file = field(0x01, "Proefstraat 12") + field(0x02, "8000") + field(0x03, "Brugge")
        let expected = CardAddress(streetAndNumber: "Proefstraat 12", postalCode: "8000", municipality: "Brugge")
        for length in [file.count, 117, 121] {
            #expect(CardAddress(file: file + [UInt8](repeating: 0, count: length - file.count)) == expected)
        }
        #expect(CardAddress(file: [0, 2, 0, 1] + file) == expected)
        let long = String(repeating: "a", count: 60)
        let full = field(0x01, long) + field(0x02, "8000") + field(0x03, String(repeating: "b", count: 47))
        #expect(full.count == 117)
        #expect(CardAddress(file: full)?.streetAndNumber == long)
        for empty in [[], [UInt8](repeating: 0, count: 117), [0, 2, 0, 1, 0, 0], [1, 0, 2, 0, 3, 0] + [0, 0]] {
            #expect(CardAddress(file: empty) == nil)
        }
    }

    @Test("A broken address gives what is whole of it, and says where it breaks")
    func brokenAddress() throws {
        let file = field(0x01, "Proefstraat 12") + field(0x02, "8000") + [0x03, 0x20, 0x42]
        let address = try #require(CardAddress(file: file))
        #expect(address == CardAddress(streetAndNumber: "Proefstraat 12", postalCode: "8000", municipality: ""))
        #expect(try warnings(ofAddress: file) == [CardFieldWarning(.address, 3, .truncated)])
        #expect(try warnings(ofAddress: []) == [])
        #expect(try warnings(ofAddress: [UInt8](repeating: 0, count: 117)) == [])
        #expect(
            try warnings(ofAddress: field(0x01, "X\u{1B}")) == [
                CardFieldWarning(.address, 1, .controlCharacters), CardFieldWarning(.address, 2, .missing),
                CardFieldWarning(.address, 3, .missing),
            ])
    }

    private func warnings(ofAddress file: [UInt8]) throws -> [CardFieldWarning] {
        CardReading(
            files: [.address: file], chipNumber: [], appletVersion: 0x17, atr: [],
            identity: try CardIdentity(file: least), address: CardAddress(file: file),
            readAt: Timestamp(milliseconds: 0)
        ).addressWarnings
    }

    // MARK: - Hostile bytes

    @Test("Files changed at random are read or refused by name", arguments: [1, 2] as [UInt64])
    func mutation(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let file =
            least + field(0x0C, "24 MÄR 1970") + field(0x04, "01.03.2032") + [0x11, 0x14]
            + [UInt8](repeating: 9, count: 20)
        for _ in 0..<2000 {
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
