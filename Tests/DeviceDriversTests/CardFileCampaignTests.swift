import DeviceEmulation
import EnrolmentCore
import Foundation
import FoundationXML
import StationTestSupport
import Testing

@testable import DeviceDrivers

/// Card files of many kinds, changed at random: each gives a reading or a named error.
///
/// Some hundred in the suite; `LOKET_CARD_CAMPAIGN=10000` asks for so many, and `LOKET_CARD_SEED` for another
/// course of them.
@Suite("Changed card files") struct CardFileCampaignTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let count = environment["LOKET_CARD_CAMPAIGN"].flatMap { Int($0) } ?? 400
    private static let seed = environment["LOKET_CARD_SEED"].flatMap { UInt64($0) } ?? 20_261_122

    private struct Figures {
        var readings = 0
        var errors: [String: Int] = [:]
        var warnings: [String: Int] = [:]
        var certificates = 0
        var addresses = 0
    }

    @Test("Each gives a reading, and what is made of one, or a named error", .timeLimit(.minutes(10)))
    func campaign() throws {
        var random = SeededGenerator(seed: Self.seed)
        let cards = try Self.cards()
        var figures = Figures()
        for number in 0..<Self.count {
            let card = cards[number % cards.count]
            let other = cards[Int.random(in: cards.indices, using: &random)]
            var files = card.files
            for file in CardFile.allCases {
                guard let bytes = files[file], file == .identity || Bool.random(using: &random) else { continue }
                files[file] = CardFileMutation(other: other.files[file] ?? []).apply(to: bytes, &random)
            }
            take(files, of: card, into: &figures, "seed \(Self.seed), number \(number)")
        }
        // In mutation as in the field most of a card stays readable.
        #expect(figures.readings > Self.count / 2)
        #expect(figures.readings + figures.errors.values.reduce(0, +) == Self.count)
        if Self.environment["LOKET_CARD_CAMPAIGN"] != nil {
            print(
                "card campaign: seed \(Self.seed), \(Self.count) cards of \(cards.count) kinds:",
                "\(figures.readings) readings, errors \(figures.errors), \(figures.addresses) addresses,",
                "\(figures.certificates) certificates, warnings \(figures.warnings)")
        }
    }

    private func take(
        _ files: [CardFile: [UInt8]], of card: CardReading, into figures: inout Figures, _ comment: Comment
    ) {
        let identity: CardIdentity
        do throws(CardFileError) {
            identity = try CardIdentity(file: files[.identity] ?? [])
        } catch {
            let name = String(error.description.split(separator: " ").suffix(2).joined(separator: " "))
            figures.errors[name, default: 0] += 1
            return
        }
        figures.readings += 1
        let reading = CardReading(
            files: files, chipNumber: card.chipNumber, appletVersion: card.appletVersion, atr: card.atr,
            identity: identity, address: files[.address].flatMap { CardAddress(file: $0) }, readAt: card.readAt)
        for warning in identity.warnings + reading.addressWarnings {
            figures.warnings[warning.kind.rawValue, default: 0] += 1
        }
        figures.addresses += reading.address == nil ? 0 : 1
        figures.certificates += reading.certificates.count
        _ = identity.nationalNumber.warnings(birth: identity.birthDate, sex: identity.sex)
        _ = (identity.nationalNumber.formatted, identity.cardNumber.formatted, identity.cardNumber.warnings)
        _ = CardIntegrity(reading)
        _ = CalendarDate(iso8601: "2026-11-22").map { (identity.validity(on: $0), identity.isOutgrown(on: $0)) }
        let texts = [
            identity.surname, identity.givenNames, identity.birthPlace, identity.birthDateText,
            reading.address?.streetAndNumber ?? "", reading.address?.municipality ?? "",
        ]
        #expect(!texts.contains { $0.unicodeScalars.contains { $0.isObeyedByTerminals } }, comment)
        #expect(XMLParser(data: Data(CardExport.xml(of: reading))).parse(), comment)
        // The whole reading is kept as JSON while a visit lasts.
        let kept = try? JSONDecoder().decode(CardReading.self, from: JSONEncoder().encode(reading))
        #expect(kept == reading, comment)
    }

    /// One card of each kind that has files of its own.
    private static func cards() throws -> [CardReading] {
        let profiles: [CardProfile] = [
            .v10, .v11, .v17, .v17Rekeyed, .v18, .kidsUnder6, .kids6To12, .foreignerEUPlus, .foreignerA,
        ]
        return try profiles.map { profile in
            let image = try #require(try profile.image(of: CardFixtures.alma, photo: CardFixtures.photo(2999)))
            let files = CardFixtures.wholeFiles(image)
            return CardReading(
                files: files, chipNumber: [UInt8](image.cardData.prefix(16)), appletVersion: image.appletVersion,
                atr: image.atr, identity: try CardIdentity(file: files[.identity] ?? []), address: nil,
                readAt: Timestamp(milliseconds: 0))
        }
    }
}

/// One to four changes such as bad contacts, bad makers and bad people cause.
private struct CardFileMutation {
    /// The same file of another card, to splice with.
    let other: [UInt8]

    func apply(to file: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        (0..<Int.random(in: 1...4, using: &random)).reduce(file) { bytes, _ in change(bytes, &random) }
    }

    private func change(_ file: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        guard !file.isEmpty else { return other }
        var bytes = file
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        // Rarely from the front, where all is lost.
        case 2: bytes.removeLast(bytes.count - max(place, Int.random(in: bytes.indices, using: &random)))
        case 3:
            bytes.insert(
                contentsOf: (0..<Int.random(in: 1...9, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }, at: place)
        case 4: bytes = [UInt8](bytes[..<place]) + other.suffix(max(0, other.count - place))
        case 5:
            setLength(
                of: Int.random(in: 0..<40, using: &random), in: &bytes, to: UInt8.random(in: 0...255, using: &random))
        case 6:
            setLength(
                of: Int.random(in: 0..<40, using: &random), in: &bytes,
                to: [0, 0x7F, 0x80, 0x81, 0xFF].randomElement(using: &random) ?? 0)
        case 7:
            bytes.replaceSubrange(
                place..<min(bytes.count, place + 4), with: [0xF0, 0x9F, 0x80, 0xC3].prefix(min(4, bytes.count - place)))
        default:
            bytes += [UInt8](
                repeating: [0, 0xFF, 0x1B].randomElement(using: &random) ?? 0,
                count: Int.random(in: 1...300, using: &random))
        }
        return bytes
    }

    /// Changes the length byte of the field of this number, when there is such a one.
    private func setLength(of number: Int, in bytes: inout [UInt8], to length: UInt8) {
        var offset = 0
        for _ in 0..<number where offset + 1 < bytes.count { offset += 2 + Int(bytes[offset + 1]) }
        if offset + 1 < bytes.count { bytes[offset + 1] = length }
    }
}
