import EnrolmentCore
import Testing

@testable import DeviceDrivers

/// Names of people who do not exist, in the letters that the National Register knows.
@Suite("Names on cards") struct CardNameTests {
    private func identity(surname: [UInt8], givenNames: String = "", noble: String = "") throws -> CardIdentity {
        let fields: [(UInt8, [UInt8])] = [
            (6, [UInt8]("85073003328".utf8)), (7, surname), (8, [UInt8](givenNames.utf8)), (0x0E, [UInt8](noble.utf8)),
        ]
        return try CardIdentity(file: fields.flatMap { [$0, UInt8($1.count)] + $1 })
    }

    @Test(
        "Case 21: letters, marks and signs of the National Register come through scalar for scalar",
        arguments: [
            "Spécimen", "Müller", "Strauß", "D'Voorbeeld", "V'n", "'t Voorbeeld", "Test-Voorbeeld", "Testović",
            "Łęcki", "Testoğlu", "Țestescu", "Þorn", "De a\u{315}na", "A\u{30D}na", "Na\u{338}na", "Zoe\u{308}",
            "q\u{307}\u{323}", "Test (geb. Proef)", "<Test>", "\"Test\"", "Test #2", "Test & Zoon", "\u{212B}ngstrom",
        ])
    func registerLetters(_ name: String) throws {
        let read = try identity(surname: [UInt8](name.utf8))
        #expect(read.surname.unicodeScalars.elementsEqual(name.unicodeScalars))
        #expect(!read.warnings.contains { $0.kind != .missing })
    }

    @Test("Case 21: a name of 110 bytes, a single name and a noble title")
    func shapes() throws {
        let long = String(repeating: "Voorbeeld-", count: 11)
        #expect(long.utf8.count == 110)
        #expect(try identity(surname: [UInt8](long.utf8)).surname == long)
        let single = try identity(surname: [UInt8]("Enkelnaam".utf8))
        #expect(single.givenNames == "")
        #expect(!single.warnings.contains { $0.tag == 8 })
        #expect(try identity(surname: [0x58], noble: "Ridder").nobleCondition == "Ridder")
    }

    @Test("Case 21: spaces that fill up a name are no part of it")
    func filling() throws {
        let read = try identity(surname: [UInt8]("Van den Test   ".utf8), givenNames: "Alma Rosa ")
        #expect(read.surname == "Van den Test")
        #expect(read.givenNames == "Alma Rosa")
    }

    @Test("Case 21: bytes that are no text, and characters that a screen would obey, are shown as U+FFFD and said")
    func noText() throws {
        let broken = try identity(surname: [0x54, 0xE9, 0x73, 0x74])
        #expect(broken.surname == "T\u{FFFD}st")
        #expect(broken.warnings.contains(CardFieldWarning(.identity, 7, .notText)))
        let obeyed = [
            "A\0B", "A\u{1B}[2JB", "A\u{7F}B", "A\u{85}B", "A\u{202E}B", "A\u{2066}B", "A\u{200B}B", "A\u{2028}B",
            "A\u{FEFF}B", "A\u{AD}B",
        ]
        for text in obeyed {
            let read = try identity(surname: [UInt8](text.utf8))
            #expect(read.surname.unicodeScalars.first == "A" && read.surname.unicodeScalars.last == "B")
            #expect(read.surname.unicodeScalars.contains("\u{FFFD}"))
            #expect(!read.surname.unicodeScalars.contains { $0.isObeyedByTerminals })
            #expect(read.warnings.contains(CardFieldWarning(.identity, 7, .controlCharacters)))
        }
    }

    @Test("What is said of a file holds no content")
    func warningsAreSafe() throws {
        let read = try identity(surname: [0x54, 0xE9], givenNames: "Geheim\u{1B}")
        #expect(read.warnings.map(\.description).contains("identity field 7: notText"))
        #expect(read.warnings.allSatisfy { !$0.description.contains("Geheim") })
    }
}
