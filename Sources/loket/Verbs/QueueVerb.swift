import ArgumentParser
import EnrolmentCore
import OfflineCache
import StationApp

struct QueueVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue", abstract: "The sealed packets on this kit.",
        subcommands: [List.self, Show.self, Retry.self, Export.self, ImportReceipts.self],
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
        /// When it was last written to a stick; it says nothing about its arrival.
        let exportedAt: String?
        let problem: String?

        init(_ line: QueueLine) {
            packet = line.id.description
            sequence = line.sequence
            visit = line.visitID.text
            `case` = line.caseID.text
            state = line.state.rawValue
            urgent = line.isUrgent
            bytes = line.fileSize
            sentBytes = line.uploadOffset
            sealedAt = line.sealedAt.rfc3339
            receivedAt = line.receivedAt?.rfc3339
            purgedAt = line.purgedAt?.rfc3339
            exportedAt = line.exportedAt?.rfc3339
            problem = line.problem?.rawValue
        }

        var line: String {
            "\(packet)  #\(sequence)  \(state)\(urgent ? "  urgent" : "")  \(bytes) bytes"
                + (problem.map { "  \($0)" } ?? "")
        }
    }
}
