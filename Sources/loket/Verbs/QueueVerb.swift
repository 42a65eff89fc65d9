import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp

struct QueueVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "The sealed packets on this kit.", subcommands: [List.self, Show.self],
        defaultSubcommand: List.self)

    struct Row: Encodable {
        let packet: String
        let sequence: Int
        let visit: String
        let `case`: String
        let state: String
        let urgent: Bool
        let bytes: Int
        let sentBytes: Int
        let sealedAt: String
        let receivedAt: String?
        let purgedAt: String?
        let problem: String?

        init(_ packet: QueuedPacket) {
            self.packet = packet.id.description
            sequence = packet.sequence
            visit = packet.visitID.text
            `case` = packet.caseID.text
            state = packet.state.rawValue
            urgent = packet.isUrgent
            bytes = packet.fileSize
            sentBytes = packet.uploadOffset
            sealedAt = packet.sealedAt.rfc3339
            receivedAt = packet.receivedAt?.rfc3339
            purgedAt = packet.purgedAt?.rfc3339
            problem = packet.problem?.rawValue
        }

        var line: String { "\(packet)  #\(sequence)  \(state)  \(bytes) bytes" + (problem.map { "  \($0)" } ?? "") }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "All packets, with the state of each.")
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let rows = try await kit.open().packets().map(Row.init)
                try report.print(rows) { rows.map(\.line).joined(separator: "\n") }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One packet and every attempt to send it.")
        @Argument(help: "The packet's identifier.") var packet: String
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Details: Encodable {
            let packet: Row
            let attempts: [AttemptRow]
            let receipt: String?
        }

        struct AttemptRow: Encodable {
            let startedAt: String
            let endedAt: String?
            let outcome: String?
            let bytesSent: Int
        }

        func run() async throws {
            guard let id = PacketID(packet) else { throw ValidationError("\(packet) is no packet identifier") }
            try await report.reporting {
                let (packet, attempts) = try await kit.open().packet(id)
                let rows = attempts.map {
                    AttemptRow(
                        startedAt: $0.startedAt.rfc3339, endedAt: $0.endedAt?.rfc3339, outcome: $0.outcome,
                        bytesSent: $0.bytesSent)
                }
                let details = Details(packet: Row(packet), attempts: rows, receipt: packet.receipt)
                try report.print(details) {
                    ([details.packet.line]
                        + rows.map { "  \($0.startedAt)  \($0.outcome ?? "under way")  \($0.bytesSent) bytes" })
                        .joined(separator: "\n")
                }
            }
        }
    }
}
