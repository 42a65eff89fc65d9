import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import SyncProtocol

struct ProvisionVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision",
        abstract: "Make this laptop a kit, once, from the bundle that `loket-central keys kit` wrote.")
    @Option(help: "The kit bundle; destroy it when this has worked.") var bundle: String
    @OptionGroup var kit: KitOptions
    @OptionGroup var report: ReportOptions

    struct Provisioned: Encodable {
        let kit: String
        let isTraining: Bool
        let central: String
        let home: String
    }

    func run() async throws {
        try await report.reporting {
            guard let bytes = FileManager.default.contents(atPath: bundle),
                let bundle = try? KitBundle(decoding: [UInt8](bytes))
            else { throw FailureReport(.input(.unreadableFile), detail: "kit bundle", kept: .nothingToKeep) }
            try kit.folder.provision(bundle, passphrase: try kit.passphrase())
            let done = Provisioned(
                kit: bundle.kit.text, isTraining: bundle.isTraining, central: bundle.centralURL,
                home: kit.folder.url.path)
            try report.print(done) { "kit \(done.kit) is ready in \(done.home)" }
        }
    }
}
