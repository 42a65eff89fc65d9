import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp
import StationUI
import SyncProtocol

struct ProvisionVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision",
        abstract: "Make this laptop a kit, once, from the bundle that `loket-central keys kit` wrote.",
        discussion: """
            There is no second way in: without the passphrase nobody opens what this kit keeps, and with \
            --lock machine nobody opens it on another laptop or after the chip was cleared. Sealed packets \
            need none of it: only central can open them.
            """)
    @Option(help: "The kit bundle; destroy it when this has worked.") var bundle: String
    @Option(
        help:
            "What locks the kit's key: passphrase, or machine (a TPM 2.0, which is told to limit guesses where nobody has)."
    )
    var lock = LockOptions.Kind.passphrase
    @OptionGroup var locking: LockOptions
    @Option(help: "Whose kit it is, for the screen at which it is opened: a name that anybody may read.")
    var municipality = ""
    @OptionGroup var kit: KitOptions
    @OptionGroup var report: ReportOptions

    struct Provisioned: Encodable {
        let kit: String
        let isTraining: Bool
        let central: String
        let home: String
        let lock: String
        /// Under a machine lock: how the chip limits guesses now.
        let chipLimit: ShownChipLimit?
    }

    func run() async throws {
        let wish = try locking.wish(lock)
        try await report.reporting {
            let bytes = try InputFile.bytes(of: bundle, atMost: .bundle, called: "kit bundle")
            guard let bundle = try? KitBundle(decoding: bytes)
            else { throw FailureReport(.input(.unreadableFile), detail: "kit bundle", kept: .nothingToKeep) }
            let passphrase = try kit.passphrase(in: report.language)
            defer { passphrase.wipe() }
            let protection = try await kit.folder.provision(
                bundle, passphrase: passphrase, lock: wish, clock: SystemClock())
            let done = Provisioned(
                kit: bundle.kit.text, isTraining: bundle.isTraining, central: bundle.centralURL,
                home: kit.folder.url.path, lock: lock.rawValue, chipLimit: protection.map { ShownChipLimit($0) })
            try report.print(done) {
                [report.words.line(.kitReady, done.kit, done.home), done.chipLimit?.text(in: report.words)]
                    .compactMap(\.self).joined(separator: "\n")
            }
            attachLabel(of: bundle)
        }
    }

    /// The kit is made by now, and the next opening at the screen puts its number on it: to lack a label is no failure.
    private func attachLabel(of bundle: KitBundle) {
        do throws(FailureReport) {
            try kit.folder.attach(
                KitLabel(kit: bundle.kit, municipality: municipality, isTraining: bundle.isTraining))
        } catch {
            SecretInput.say(report.words.line(.labelNotWritten, error.detail))
        }
    }
}
