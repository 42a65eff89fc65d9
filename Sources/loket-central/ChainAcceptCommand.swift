import ArgumentParser
import CentralServer
import EnrolmentCore

/// `loket-central chain accept`
struct ChainAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept", abstract: "Have a packet taken in that was refused for its number or its case.",
        discussion: "It comes when its kit tries it again, or with the kit's stick. The word is kept for good. "
            + "Codes: \(AcceptanceReason.allCases.map(\.rawValue).joined(separator: ", ")).")

    @OptionGroup var folder: DirectoryOptions
    @Argument(help: "The kit's name.")
    var kit: String
    @Option(help: "The packet's number in the kit's chain.")
    var sequence: Int
    @Option(help: "Which packet, where several were refused under that number.")
    var packet: String?
    @Option(help: "Why, by its code.")
    var reason: String

    func run() async throws {
        guard let reason = AcceptanceReason(rawValue: reason) else {
            throw ValidationError(
                "\(reason) is no code: \(AcceptanceReason.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let wanted = packet.flatMap { PacketID($0) }
        guard packet == nil || wanted != nil else { throw ValidationError("--packet wants a packet's identifier") }
        try await withExitCodes {
            let packet = try await CentralService.accept(
                sequence, of: KitID(kit), packet: wanted, because: reason, in: folder.configuration())
            print("packet \(packet) of kit \(kit) is taken in when the kit tries it again")
        }
    }
}
