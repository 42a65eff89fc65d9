import DeviceEmulation
import EnrolmentCore
import Foundation
import Testing

@testable import DeviceDrivers

/// Our side of Tests/Witness/card-numbers.py and card-export.py, which run this suite and say in the
/// environment where to read and to write.
@Suite("Witnesses of what cards say") struct CardWitnessTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let numbersFile = environment["LOKET_CARD_NUMBERS"]
    private static let exportFolder = environment["LOKET_CARD_EXPORTS"]

    /// A number as the witness has it: `kind|digits|right check|possible|formatted|year|month|day|sex`.
    private struct Line {
        let fields: [String]
        var isNational: Bool { fields[0] == "national" }
        var digits: String { fields[1] }
        var isChecked: Bool { fields[2] == "1" }
        var isPossible: Bool { fields[3] == "1" }
        var formatted: String { fields[4] }
        var birth: PartialDate? {
            Int(fields[5]).map { PartialDate(year: $0, month: Int(fields[6]), day: Int(fields[7])) }
        }
        var sex: CardSex? { fields[8] == "M" ? .male : fields[8] == "F" ? .female : nil }
    }

    @Test(
        "Case 22: a foreign library judges numbers as we do",
        .enabled(if: numbersFile != nil, "LOKET_CARD_NUMBERS names a file of Tests/Witness/card-numbers.py"))
    func judgeNumbers() throws {
        let file = try String(contentsOfFile: try #require(Self.numbersFile), encoding: .utf8)
        let lines = file.split(separator: "\n").map {
            Line(fields: $0.split(separator: "|", omittingEmptySubsequences: false).map { String($0) })
        }
        try #require(lines.allSatisfy { $0.fields.count == 9 })
        for line in lines { line.isNational ? compareNational(line) : compareCard(line) }
        print("card numbers: \(lines.count) compared, \(lines.filter(\.isChecked).count) with a right check")
    }

    private func compareNational(_ line: Line) {
        let number = NationalNumber(line.digits)
        let comment: Comment = "\(line.fields)"
        #expect(number.warnings(birth: nil).contains(.wrongChecksum) != line.isChecked, comment)
        #expect(number.formatted == line.formatted, comment)
        guard line.isChecked, line.isPossible else { return }
        if let birth = line.birth {
            #expect(number.warnings(birth: birth, sex: line.sex).allSatisfy { $0 == .impossibleDate }, comment)
            let other = PartialDate(year: birth.year == 1999 ? 1998 : birth.year + 1, month: birth.month)
            #expect(!number.warnings(birth: other).isEmpty, comment)
        }
        if let sex = line.sex {
            let opposite: CardSex = sex == .male ? .female : .male
            #expect(number.warnings(birth: nil, sex: opposite).contains(.otherSex), comment)
        }
    }

    private func compareCard(_ line: Line) {
        let number = CardNumber(line.digits)
        #expect(number.warnings.isEmpty == line.isChecked, "\(line.fields)")
        #expect(number.formatted == line.formatted, "\(line.fields)")
    }

    @Test(
        "Cards of every kind are written as .eid for a foreign reader",
        .enabled(if: exportFolder != nil, "LOKET_CARD_EXPORTS names a folder of Tests/Witness/card-export.py"))
    func writeExports() throws {
        let folder = URL(filePath: try #require(Self.exportFolder))
        for profile in CardProfile.allCases {
            let persona = CardPersona(
                surname: "<Test> & \"Zoon\" De a\u{315}A\u{30D}a\u{338}", givenNames: "Zoe\u{308} #2 'n", sex: .male,
                birth: CardDay(1984, 3, 17), birthPlace: "Łódź", nationality: "Belg",
                streetAndNumber: "Rue de l'Essai 3/B", postalCode: "4000", municipality: "Liège", language: .german)
            guard let image = try profile.image(of: persona, photo: CardFixtures.photo(2999)) else { continue }
            let files = CardFixtures.expectedFiles(image)
            let reading = CardReading(
                files: files, chipNumber: [UInt8](image.cardData.prefix(16)), appletVersion: image.appletVersion,
                atr: image.atr, identity: try CardIdentity(file: files[.identity] ?? []),
                address: files[.address].flatMap { CardAddress(file: $0) }, readAt: Timestamp(milliseconds: 0))
            try write(reading, to: folder, profile.rawValue)
            guard profile == .foreignerA else { continue }
            for name in CardDocumentName.allCases where name.formWord != nil {
                var identity = reading.identity
                identity.documentType = CardDocumentType(String(name.number))
                let card = CardReading(
                    files: files, chipNumber: reading.chipNumber, appletVersion: reading.appletVersion,
                    atr: reading.atr, identity: identity, address: reading.address, readAt: reading.readAt)
                try write(card, to: folder, "document-\(name.number)")
            }
        }
    }

    /// The .eid file, and beside it the bytes that it must hold.
    private func write(_ reading: CardReading, to folder: URL, _ name: String) throws {
        try Data(CardExport.xml(of: reading)).write(to: folder.appending(path: "\(name).eid"))
        for (file, bytes) in reading.files {
            try Data(bytes).write(to: folder.appending(path: "\(name).\(file.rawValue)"))
        }
    }
}
