import ArgumentParser
import EnrolmentCore
import StationApp
import StationUI

extension KeyVerb {
    struct ProtectChip: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "protect-chip",
            abstract: "Have the laptop's TPM limit guesses for everybody, and set its count of wrong ones back.",
            discussion: """
                A TPM's own limit of wrong guesses can be set back by whoever starts a system of their own, until a \
                lockout authority is set. This draws one and keeps it under the kit's key; `provision --lock machine` \
                does the same where nobody has set one. Done again, it sets the count of wrong guesses back.

                Where another owner of the laptop has set the authority, nothing is changed, and this ends with 1: \
                have that owner set a limit (tpm2_dictionarylockout), or erase the kit, clear the TPM in the laptop's \
                set-up, which destroys every key in it, and provision anew.
                """)
        @OptionGroup var kit: KitOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            try await report.reporting {
                let protection = try await kit.opening(in: report.language) { way in
                    try await kit.folder.protectChip(way, clock: SystemClock())
                }
                let shown = ShownChipLimit(protection)
                try report.print(shown) {
                    let text = shown.text(in: report.words)
                    return shown.isOurs ? text : "\(text)\n\(report.words.line(.chipUnchanged))"
                }
                if !shown.isOurs { throw ExitCode(ExitStatus.checkFailed.rawValue) }
            }
        }
    }
}
