import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp
import StationUI

/// `loket kit`: how the kit stands as a whole.
struct KitVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit", abstract: "How the kit stands: room, what has lain for too long, and whether it is a copy.",
        subcommands: [Status.self, AcceptRollback.self], defaultSubcommand: Status.self)

    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Room for visits, old drafts and packets, and whether this folder is an older copy.",
            discussion: "Ends with 1 when somebody has to do something.")
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Standing: Encodable {
            let kit: String
            let visitsLeft: Int
            let freeBytes: Int
            let space: String
            let oldDrafts: Int
            /// Those of them that hold fingerprints for longer than the law lets anybody keep them.
            let overdueDrafts: Int
            let oldPackets: Int
            /// Nil where the key is not under the machine's lock.
            let chipLimitsGuesses: Bool?
            /// What is not as the kit left it.
            let damage: KeptDamage
            let isOlderCopy: Bool
            let foundBy: String?
            /// Cases whose draft lies here and which central has received all the same.
            let receivedElsewhere: [String]

            var needsSomebody: Bool {
                isOlderCopy || space == "full" || oldDrafts + oldPackets + damage.count + damage.closedFiles > 0
            }
        }

        func run() async throws {
            try await report.reporting {
                let open = try await kit.open(in: report.language)
                let forecast = try await open.forecast()
                let notices = try await open.retentionNotices(at: SystemClock().now())
                let mark = try await open.rollback()
                let packets = notices.count { if case .packetUnsent = $0 { true } else { false } }
                let overdue = notices.count { if case .draftOverdue = $0 { true } else { false } }
                let standing = Standing(
                    kit: open.kit.id.text, visitsLeft: forecast.visitsLeft, freeBytes: forecast.free,
                    space: forecast.level.rawValue, oldDrafts: notices.count - packets,
                    overdueDrafts: overdue, oldPackets: packets,
                    chipLimitsGuesses: try await kit.folder.chipProtection()?.limit.isClosed,
                    damage: try await open.keptDamage(), isOlderCopy: mark != nil, foundBy: mark?.foundBy.rawValue,
                    receivedElsewhere: try await open.draftsAlreadyReceived().map(\.text))
                try report.print(standing) { Self.lines(standing, report.words) }
                if standing.needsSomebody { throw ExitCode(ExitStatus.checkFailed.rawValue) }
            }
        }

        private static func lines(_ standing: Standing, _ words: Catalogue) -> String {
            var lines = [
                words.line(.kitRoom, standing.kit, "\(standing.visitsLeft)", standing.space),
                words.line(.kitOld, "\(standing.oldDrafts)", "\(standing.oldPackets)"),
            ]
            if standing.damage.count > 0 { lines.append(words.line(.kitDamaged, standing.damage)) }
            if standing.damage.closedFiles > 0 {
                lines.append(words.line(.kitFilesClosed, "\(standing.damage.closedFiles)"))
            }
            if standing.overdueDrafts > 0 { lines.append(words.line(.kitOverdue, "\(standing.overdueDrafts)")) }
            if standing.isOlderCopy {
                lines.append(words.line(.kitOlderCopy, standing.foundBy ?? "-"))
                lines.append(words.line(.kitAcceptRollback))
            }
            if standing.chipLimitsGuesses == false { lines.append(words.line(.kitChipOpen)) }
            if !standing.receivedElsewhere.isEmpty {
                lines.append(words.line(.kitReceivedElsewhere, standing.receivedElsewhere.joined(separator: ", ")))
            }
            return lines.joined(separator: "\n")
        }
    }

    struct AcceptRollback: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept-rollback", abstract: "Take an older copy as the kit from now on.",
            discussion: "The next packet is numbered behind everything that central or this folder has numbered. What "
                + "central has received of the lost time is not asked for again. The journal keeps who decided it.")
        @Option(help: "Your staff number, on a kit without a list of officers.") var officer = ""
        @OptionGroup var kit: KitOptions
        @OptionGroup var login: LoginOptions
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Accepted: Encodable {
            let continuedAfter: Int
        }

        func run() async throws {
            try await report.reporting {
                let open = try await kit.open(in: report.language)
                let reader = try await devices.source().devices(for: nil).cardReader
                let officer = try await login.officer(
                    on: open, reader: reader, claiming: OfficerID(officer), within: devices.limits.card,
                    in: report.language)
                switch try await open.acceptRollback(by: officer.id) {
                case .accepted(let sequence):
                    try report.print(Accepted(continuedAfter: sequence)) {
                        report.words.line(.kitNextPacket, "\(sequence + 1)")
                    }
                case .nothingFound:
                    throw FailureReport(
                        .input(.notPossible), detail: "this folder is no older copy", kept: .draft)
                case .centralNotMet:
                    throw FailureReport(
                        .store(.rolledBack), detail: "synchronise first: what central holds is not known yet",
                        kept: .draft)
                }
            }
        }
    }
}

extension Catalogue {
    /// What is not as the kit left it, in figures.
    func line(_ text: LineText, _ damage: KeptDamage) -> String {
        line(text, "\(damage.setAside)", "\(damage.unreadableRows)", "\(damage.unknownFiles)")
    }
}
