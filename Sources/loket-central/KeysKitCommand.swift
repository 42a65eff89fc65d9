import ArgumentParser
import CentralServer
import EnrolmentCore
import PacketFormat

/// `loket-central keys kit`
struct KeysKitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kit", abstract: "Register a kit and write the bundle that makes a laptop that kit.",
        discussion: "The bundle holds private keys: carry it by hand, and remove it once the kit has it.")

    enum RecipientKind: String, ExpressibleByArgument, CaseIterable {
        case hybrid, x25519

        var kind: AgeRecipient.Kind {
            switch self {
            case .hybrid: .hybrid
            case .x25519: .x25519
            }
        }
    }

    @OptionGroup var folder: DirectoryOptions
    @Option(help: "The kit's name: letters, digits, hyphens, underscores.")
    var kit: String
    @Option(help: "Where to write the bundle.")
    var out: String
    @Option(help: "How the kit reaches this central.")
    var url = "https://localhost:8443"
    @Option(help: "Which kind of key the kit seals for; may be repeated, preferred first.")
    var recipient: [RecipientKind] = [.hybrid]
    @Flag(help: "The kit exists: end its old certificate and signing key.")
    var replace = false
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Registered: Encodable {
        let kit: KitID
        let bundle: String
        let url: String
        let isTraining: Bool
    }

    func run() async throws {
        try await withExitCodes {
            let bundle = try await CentralService.registerKit(
                KitID(kit), url: url, recipients: recipient.map(\.kind), replacing: replace,
                in: folder.configuration())
            try CentralService.write(bundle, to: out)
            let registered = Registered(kit: bundle.kit, bundle: out, url: url, isTraining: bundle.isTraining)
            try Report.print(registered, asJSON: json) {
                ["registered \(bundle.kit); its bundle is \(out): carry it by hand, then remove it"]
            }
        }
    }
}
