import ArgumentParser
import CentralServer
import EnrolmentCore
import PacketFormat

/// `loket-central audit show`
struct AuditShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the seals of a kit, each with what was signed.",
        discussion: "With --json each statement is there too, as the kit signed it: a JWS in compact form.")

    @OptionGroup var folder: DirectoryOptions
    @Option(help: "The kit.")
    var kit: String
    @Option(help: "Only the seals of this day, for example 2026-11-22.")
    var day: String?
    @Flag(help: "Report as JSON.")
    var json = false

    private struct Shown: Encodable {
        let seal: AuditSeal
        let branch: Int
        let signer: String
        let digest: String
        let statement: String

        init(_ entry: SealReport.Entry) {
            seal = entry.signed.seal
            branch = entry.branch
            signer = entry.signed.keyID
            digest = entry.signed.digest
            statement = entry.signed.compact
        }

        var text: [String] {
            let events = seal.counts.events.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            return [
                "seal \(seal.number)  \(seal.day)  part \(seal.part)  sealed \(seal.sealedAt)"
                    + " (\(seal.timeConfidence.rawValue))",
                "  journal    line \(seal.position)  \(seal.headDigest)",
                "  before it  \(seal.previousSealDigest ?? "none")",
                "  manifests  \(seal.manifests.sequence)  \(seal.manifests.digest ?? "none")",
                "  receipts   \(seal.receipts.sequence)  \(seal.receipts.digest ?? "none")",
                "  left       waiting \(seal.counts.waiting), set aside \(seal.counts.setAside), drafts \(seal.counts.openDrafts)",
                "  lines      \(events.joined(separator: ", "))",
                "  signed     \(signer)  \(digest)",
            ]
        }
    }

    func run() async throws {
        try await withExitCodes {
            let reports = try await CentralService.seals(of: KitID(kit), in: folder.configuration())
            let shown = reports.flatMap(\.entries).filter { day == nil || $0.signed.seal.day == day }.map { Shown($0) }
            try Report.print(shown, asJSON: json) { shown.flatMap(\.text) }
        }
    }
}
