import ArgumentParser
import CentralServer
import EnrolmentCore
import SyncProtocol

/// `loket-central refusals list`
struct RefusalsListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the packets that were refused, oldest first.",
        discussion: "A refused packet stays on its kit until a person there has decided about it.")

    @OptionGroup var folder: DirectoryOptions
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Line: Encodable {
        let kit: KitID
        let packet: PacketID
        let sequence: Int?
        let code: RefusalCode
        let firstAt: String
        let lastAt: String
        let count: Int
        let acceptedAt: String?
        let receivedAt: String?

        var text: String {
            let number = sequence.map { "  #\($0)" } ?? ""
            let end = receivedAt.map { "  received since: \($0)" } ?? acceptedAt.map { "  accepted: \($0)" } ?? ""
            return "\(firstAt)  \(kit)\(number)  \(packet)  \(code.rawValue)  \(count) times\(end)"
        }
    }

    func run() async throws {
        try await withExitCodes {
            let lines = try await CentralService.refusals(in: folder.configuration()).map { refusal in
                Line(
                    kit: refusal.kit, packet: refusal.packet, sequence: refusal.sequence, code: refusal.code,
                    firstAt: refusal.firstAt.rfc3339, lastAt: refusal.lastAt.rfc3339, count: refusal.count,
                    acceptedAt: refusal.acceptedAt?.rfc3339, receivedAt: refusal.receivedAt?.rfc3339)
            }
            try Report.print(lines, asJSON: json) { lines.map(\.text) }
        }
    }
}
