import ArgumentParser
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import StationApp
import StationUI

struct EraseVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Destroy the keys of this kit, prove it, and say so under its signature.",
        discussion: """
            Open drafts, planned visits and the kit's own keys can never be read again. Sealed packets, their \
            receipts and the journal stay: only central opens packets, and `loket queue export --rescue` takes them along. \
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

        func text(in words: Catalogue) -> String {
            let lost = (
                words.count(statement.draftsLost, .draft), words.count(statement.visitsLost, .plannedVisit)
            )
            return [
                words.line(.erasedKit, statement.kit.text, statement.stage.rawValue),
                words.line(.erasedLost, lost.0, lost.1),
                words.line(
                    .erasedKept, words.count(statement.packetsKept, .sealedPacket), "\(statement.packetsWaiting)"),
                proof(in: words), words.line(copiesOpen ? .erasedCopiesOpen : .erasedCopiesShut),
                words.line(.erasedStatement, file),
            ].joined(separator: "\n")
        }

        private func proof(in words: Catalogue) -> String {
            guard let proof = statement.proof else { return words.line(.erasedUnproven) }
            let refused = words.line(.erasedRefused, proof.passphraseRefused)
            return words.line(
                .erasedSearched, proof.machineRefused.map { words.line(.erasedChip, refused, $0) } ?? refused,
                "\(proof.needles)", "\(proof.bytesSearched)", "\(proof.filesSearched)", "\(proof.found)",
                "\(proof.foundBefore)")
        }
    }

    func validate() throws {
        if (verify == nil) != (key == nil) { throw ValidationError("--verify and --key belong together.") }
    }

    func run() async throws {
        try await report.reporting {
            if let verify, let key { return try check(verify, key) }
            if kit.folder.isErased { return try await finish() }
            let passphrase = try kit.passphrase(in: report.language)
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
        try report.print(row) { row.text(in: report.words) }
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
        try report.print(row) { row.text(in: report.words) }
        guard row.isProof else { throw ExitCode(ExitStatus.checkFailed.rawValue) }
    }

    /// By the kit's name, typed: nobody does that by mistake.
    private func confirm(_ name: KitID, _ loss: ErasureLoss) throws(FailureReport) {
        if yes { return }
        let words = report.words
        let drafts = loss.drafts.isEmpty ? words.line(.eraseNone) : loss.drafts.map(\.text).joined(separator: ", ")
        let lines = [
            words.line(.eraseWarning),
            words.line(.eraseLost, drafts, words.count(loss.visits, .plannedVisit)),
            words.line(.eraseKept, words.count(loss.packets, .sealedPacket), "\(loss.waiting)"),
            words.line(.eraseAsk, name.text),
        ]
        FileHandle.standardError.write(Data(lines.joined(separator: "\n").utf8))
        guard readLine() == name.text else {
            throw FailureReport(.input(.notConfirmed), kept: .draft)
        }
    }
}
