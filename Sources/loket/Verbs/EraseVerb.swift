import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationApp

struct EraseVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Destroy the keys of this kit, prove it, and say so under its signature.",
        discussion: """
            Open drafts, planned visits and the kit's own keys can never be read again. Sealed packets, their \
            receipts and the journal stay: only central opens packets, and `loket queue export` takes them along. \
            Under a machine lock no copy of the disk opens any more either; under a passphrase a copy that was \
            made before still opens with that passphrase.
            """)
    @Flag(help: "Do not ask: destroy.") var yes = false
    @Flag(help: "Go on although packets have not arrived at central; they stay here.") var keepPackets = false
    @Option(help: "Only check the statement in this file, by the kit's public key.") var verify: String?
    @Option(help: "The kit's public key (PEM), as central registered it; with --verify.") var key: String?
    @OptionGroup var kit: KitOptions
    @OptionGroup var report: ReportOptions

    /// Version 1 of what `erase --json` says.
    struct Row: Encodable {
        let statement: ErasureStatement
        let isProof: Bool
        let file: String
        let copiesOpen: Bool

        init(_ statement: ErasureStatement, file: String) {
            self.statement = statement
            self.file = file
            isProof = statement.isProof
            copiesOpen = statement.lock == LockKind.passphrase.rawValue
        }

        var text: String {
            let lost = "\(statement.draftsLost) drafts and \(statement.visitsLost) visits can never be read again"
            let kept =
                "\(statement.packetsKept) sealed packets stay, \(statement.packetsWaiting) of them not yet at central"
            return [
                "kit \(statement.kit): \(statement.stage.rawValue)", lost, kept, proof, copies, "statement: \(file)",
            ]
            .joined(separator: "\n")
        }

        private var proof: String {
            guard let proof = statement.proof else {
                return "not proven: it was cut short before anything was looked for"
            }
            let machine = proof.machineRefused.map { ", the chip says \($0)" } ?? ""
            return
                "the right passphrase is refused (\(proof.passphraseRefused))\(machine); \(proof.needles) spellings of keys "
                + "and plain text looked for in \(proof.bytesSearched) bytes of \(proof.filesSearched) files: found in "
                + "\(proof.found) (before: \(proof.foundBefore))"
        }

        private var copies: String {
            copiesOpen
                ? "a copy of the disk that was made before still opens with the passphrase"
                : "a copy of the disk that was made before opens nowhere: the chip has forgotten its part"
        }
    }

    func validate() throws {
        if (verify == nil) != (key == nil) { throw ValidationError("--verify and --key belong together.") }
    }

    func run() async throws {
        try await report.reporting {
            if let verify, let key { return try check(verify, key) }
            if kit.folder.isErased { return try await finish() }
            let passphrase = try kit.passphrase()
            defer { passphrase.wipe() }
            let statement = try await kit.folder.erase(
                passphrase: passphrase, keepingPackets: keepPackets, clock: SystemClock()
            ) { (name, loss) throws(FailureReport) in try confirm(name, loss) }
            try show(statement)
        }
    }

    private func check(_ file: String, _ key: String) throws {
        let statement = try KitFolder.verifyErasure(URL(filePath: file), key: URL(filePath: key))
        let row = Row(statement, file: file)
        try report.print(row) { row.text }
        guard row.isProof else { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    private func finish() async throws {
        guard let statement = try await kit.folder.finishErasure(clock: SystemClock()) else {
            throw FailureReport(.store(.unreadable), detail: ErasureRecord.fileName, kept: .packet)
        }
        try show(statement)
    }

    private func show(_ statement: ErasureStatement) throws {
        let row = Row(statement, file: kit.folder.erasureFile.path)
        try report.print(row) { row.text }
        guard row.isProof else { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    /// By the kit's name, typed: nobody does that by mistake.
    private func confirm(_ name: KitID, _ loss: ErasureLoss) throws(FailureReport) {
        if yes { return }
        let drafts = loss.drafts.isEmpty ? "geen" : loss.drafts.map(\.text).joined(separator: ", ")
        let lines = [
            "Dit kan niemand ongedaan maken, ook central niet.",
            "Voorgoed onleesbaar: open dossiers \(drafts); \(loss.visits) geplande bezoeken; de sleutels van deze kit.",
            "Blijft: \(loss.packets) verzegelde pakketten, waarvan \(loss.waiting) nog niet bij central.",
            "Typ de naam van de kit (\(name)) om te wissen: ",
        ]
        FileHandle.standardError.write(Data(lines.joined(separator: "\n").utf8))
        guard readLine() == name.text else {
            throw FailureReport(.input(.missingConfiguration), detail: "not confirmed", kept: .draft)
        }
    }
}
