import ArgumentParser
import DeviceDrivers
import EnrolmentCore
import Foundation
import StationApp

struct CardVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "card", abstract: "The eID card in the reader.", subcommands: [Read.self])

    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read all files of the card, without a PIN.",
            discussion: "Personal data goes to standard output and to --files, and nowhere else.")
        @Option(help: "Write each file as it came from the card into this folder.") var files: String?
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Card: Encodable {
            let cardNumber: String
            let nationalNumber: String
            let surname: String
            let givenNames: String
            let birthDate: String
            let birthPlace: String
            let nationality: String
            let documentType: String
            let validFrom: String?
            let validUntil: String?
            let address: CardAddress?
            let applet: String
            let chipNumber: String
            let warnings: [String]
            let certificates: [String: CardCertificate]
            /// Bytes of each file.
            let files: [String: Int]
        }

        func run() async throws {
            try await report.reporting {
                let reader = try await devices.source().devices(for: nil).cardReader
                let reading = try await reader.readCard(within: devices.limits.card) { _ in }.sample()
                if let files { try Self.write(reading, to: URL(filePath: files)) }
                let card = Self.card(reading)
                try report.print(card) {
                    """
                    \(card.surname), \(card.givenNames)
                    \(reading.identity.nationalNumber.formatted)  \(card.birthDate)  \(card.birthPlace)
                    kaart \(reading.identity.cardNumber.formatted), applet \(card.applet), \(card.files.count) bestanden
                    """
                }
            }
        }

        private static func card(_ reading: CardReading) -> Card {
            let identity = reading.identity
            let numbers = identity.nationalNumber.warnings(birth: identity.birthDate) + identity.cardNumber.warnings
            return Card(
                cardNumber: identity.cardNumber.text, nationalNumber: identity.nationalNumber.digits,
                surname: identity.surname, givenNames: identity.givenNames, birthDate: identity.birthDateText,
                birthPlace: identity.birthPlace, nationality: identity.nationality,
                documentType: identity.documentType.text, validFrom: identity.validFrom?.iso8601,
                validUntil: identity.validUntil?.iso8601, address: reading.address,
                applet: "\(reading.appletVersion >> 4).\(reading.appletVersion & 0x0F)",
                chipNumber: reading.chipNumber.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(),
                warnings: numbers.map(\.rawValue),
                certificates: Dictionary(
                    uniqueKeysWithValues: reading.certificates.map { ($0.key.rawValue, $0.value) }),
                files: Dictionary(uniqueKeysWithValues: reading.files.map { ($0.key.rawValue, $0.value.count) }))
        }

        private static func write(_ reading: CardReading, to folder: URL) throws {
            do {
                try FileManager.default.createDirectory(
                    at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                for (file, bytes) in reading.files {
                    try Data(bytes).write(to: folder.appending(path: "\(file.rawValue).bin"))
                }
            } catch {
                throw FailureReport(.store(.unwritable), detail: "--files", kept: .nothingToKeep)
            }
        }
    }
}
