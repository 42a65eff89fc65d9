import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp
import StationUI

extension QueueVerb {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One packet and every attempt to send it; for one that was put aside, why and what to do.")
        @Argument(help: "The packet's identifier.") var packet: String
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        struct Details: Encodable {
            let packet: Row
            let attempts: [AttemptRow]
            let receipt: String?
            /// What went wrong and what to do, in words; absent for a packet that is on its way.
            let happened: String?
            let remedy: String?
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
                let kit = try await kit.open(in: report.language)
                let (packet, attempts) = try await kit.packet(id)
                var query = QueueQuery()
                query.text = id.description
                guard let line = try await kit.packets(query).lines.first else { return }
                let rows = attempts.map {
                    AttemptRow(
                        startedAt: $0.startedAt.rfc3339, endedAt: $0.endedAt?.rfc3339, outcome: $0.outcome,
                        bytesSent: $0.bytesSent)
                }
                let words = packet.problem.map {
                    report.words.explain(FailureReport($0.code, kept: .packet))
                }
                let details = Details(
                    packet: Row(line), attempts: rows, receipt: packet.receipt, happened: words?.happened,
                    remedy: words?.remedy)
                try report.print(details) {
                    ([details.packet.line, details.happened, details.remedy].compactMap { $0 }
                        + rows.map { row in
                            let outcome = row.outcome ?? report.words.line(.queueUnderWay)
                            return "  \(row.startedAt)  \(outcome)  \(report.words.count(row.bytesSent, .byte))"
                        })
                        .joined(separator: "\n")
                }
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Bring a packet that was put aside back into the queue, once what was wrong is put right.",
            discussion: "Its file is read first: a damaged one stays aside. The journal keeps who decided it.")
        @Argument(help: "The packet's identifier.") var packet: String
        @Option(help: "Your staff number, on a kit without a list of officers.") var officer = ""
        @OptionGroup var kit: KitOptions
        @OptionGroup var login: LoginOptions
        @OptionGroup var devices: DeviceOptions
        @OptionGroup var report: ReportOptions

        struct Retried: Encodable {
            let packet: String
            let state: String
        }

        func run() async throws {
            guard let id = PacketID(packet) else { throw ValidationError("\(packet) is no packet identifier") }
            try await report.reporting {
                let kit = try await kit.open(in: report.language)
                let reader = try await devices.source().devices(for: nil).cardReader
                let person = try await login.officer(
                    on: kit, reader: reader, claiming: OfficerID(self.officer), within: devices.limits.card,
                    in: report.language)
                guard !person.id.text.isEmpty else {
                    throw FailureReport(.login(.needed), detail: "no --officer", kept: .packet)
                }
                try await kit.retry(id, by: person.id)
                let retried = Retried(packet: id.description, state: try await kit.packet(id).0.state.rawValue)
                try report.print(retried) { "\(retried.packet)  \(retried.state)" }
            }
        }
    }
}
