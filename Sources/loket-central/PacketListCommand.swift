import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central packet list`
struct PacketListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the packets that kits announced, oldest first.")

    @OptionGroup var folder: DirectoryOptions
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Line: Encodable {
        let packet: PacketID
        let kit: KitID
        let size: Int
        let stored: Int
        let announcedAt: String
        let receivedAt: String?
        let file: String
    }

    func run() async throws {
        try await withExitCodes {
            let configuration = try folder.configuration()
            let lines = try await CentralService.packets(in: configuration).map { packet in
                Line(
                    packet: packet.id, kit: packet.kit, size: packet.fileSize, stored: packet.durableOffset,
                    announcedAt: packet.announcedAt.rfc3339, receivedAt: packet.receivedAt?.rfc3339,
                    file: configuration.path(of: packet.id))
            }
            try Report.print(lines, asJSON: json) {
                lines.map { line in
                    let state = line.receivedAt.map { "received \($0)" } ?? "\(line.stored) of \(line.size) bytes"
                    return "\(line.packet)  \(line.kit)  \(state)"
                }
            }
        }
    }
}
