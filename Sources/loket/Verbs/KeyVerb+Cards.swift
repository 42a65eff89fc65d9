import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp
import StationUI

extension KeyVerb {
    struct Cards: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "cards", abstract: "The officers' cards that open the kit beside its passphrase.",
            discussion: """
                Under a machine lock only: the TPM gives the kit's key for a signature of one of these cards, after \
                its PIN. Up to eight; one for each officer. Whoever leaves the kit's list of officers, and whose \
                certificate runs out or is known to be revoked, is taken off at the next opening.
                """,
            subcommands: [List.self, Add.self, Remove.self], defaultSubcommand: List.self)

        struct Row: Encodable {
            let officer: String
            let validUntil: String
            let addedAt: String

            init(_ opener: CardOpener) {
                officer = opener.officer.text
                validUntil = opener.validUntil.rfc3339
                addedAt = opener.addedAt.rfc3339
            }
        }

        static func show(_ openers: [CardOpener], _ report: ReportOptions) throws {
            let rows = openers.map { Row($0) }
            try report.print(rows) {
                rows.isEmpty
                    ? report.words.line(.cardsNone)
                    : rows.map { report.words.line(.cardsRow, $0.officer, $0.validUntil, $0.addedAt) }
                        .joined(separator: "\n")
            }
        }

        struct List: AsyncParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Whose cards open the kit.")
            @OptionGroup var kit: KitOptions
            @OptionGroup var report: ReportOptions

            func run() async throws {
                try await report.reporting {
                    let openers = try await kit.opening(in: report.language) { way in
                        try await kit.folder.openers(way, clock: SystemClock())
                    }
                    try Cards.show(openers, report)
                }
            }
        }

        struct Add: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Have the card in the reader open the kit from now on.",
                discussion: """
                    The kit is opened by its passphrase; then the new card is read, proven up to a known root, \
                    looked for on the kit's list of officers, and asked for its PIN.
                    """)
            @Option(help: "Your staff number, on a kit without a list of officers.") var officer: String?
            @Flag(help: "Read the new card's PIN from standard input, one line, instead of asking for it.")
            var pinStdin = false
            @OptionGroup var kit: KitOptions
            @OptionGroup var report: ReportOptions

            func validate() throws {
                if kit.byCard || kit.cardPinStdin {
                    throw ValidationError("The card in the reader is the new one: the kit is opened by its passphrase.")
                }
            }

            func run() async throws {
                try await report.reporting {
                    let passphrase = try kit.passphrase(in: report.language)
                    defer { passphrase.wipe() }
                    let card = try kit.card(in: report.language, fromPipe: pinStdin)
                    let openers = try await kit.folder.addOpener(
                        .passphrase(passphrase), card: card, claiming: officer.map { OfficerID($0) },
                        clock: SystemClock())
                    try Cards.show(openers, report)
                }
            }
        }

        struct Remove: AsyncParsableCommand {
            static let configuration = CommandConfiguration(
                abstract: "Have an officer's card open the kit no more, nor any older copy of it.")
            @Argument(help: "The officer's staff number.") var officer: String
            @OptionGroup var kit: KitOptions
            @OptionGroup var report: ReportOptions

            func run() async throws {
                try await report.reporting {
                    let openers = try await kit.opening(in: report.language) { way in
                        try await kit.folder.removeOpener(
                            way, officer: OfficerID(officer), clock: SystemClock())
                    }
                    try Cards.show(openers, report)
                }
            }
        }
    }
}
