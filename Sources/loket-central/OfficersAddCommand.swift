import ArgumentParser
import CentralServer
import EnrolmentCore

#if canImport(Glibc)
    import Glibc
#endif

/// `loket-central officers add`
struct OfficersAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Let an officer use kits, or change how.",
        discussion: "The officer's national number is read from standard input or a file, never from an "
            + "argument: others on this machine can see arguments. The kit need not be registered yet.")

    @OptionGroup var folder: DirectoryOptions
    @Option(name: .customLong("kit"), help: "The kit's name; may be repeated.")
    var kits: [String]
    @Option(help: "The officer's staff number: letters, digits, hyphens, underscores.")
    var officer: String
    @Option(help: "A file that holds the national number and nothing else.")
    var numberFile: String?
    @Flag(help: "Let a passphrase stand in for the officer's card.")
    var allowPassphrase = false
    @Flag(help: "Report as JSON.")
    var json = false

    func run() async throws {
        try await withExitCodes {
            let lists = try CardLists(folder.configuration())
            let number = try readNumber()
            if !number.warnings(birth: nil).isEmpty {
                Report.complain("loket-central: no real card has this number: its check digits are wrong")
            }
            let entry = RosterOfficer(
                id: OfficerID(officer), nationalNumber: number, mayUsePassphrase: allowPassphrase)
            var rosters: [OfficerRoster] = []
            for kit in kits.map({ KitID($0) }) {
                rosters.append(try await lists.add(entry, to: kit))
                if try await !lists.isRegistered(kit) {
                    Report.complain(
                        "loket-central: kit \(kit) is not registered yet; its bundle will carry this roster")
                }
            }
            try RosterReport.print(rosters, asJSON: json)
        }
    }

    /// Dots, hyphens and blanks are left out, as in `71.02.03-000.16`.
    private func readNumber() throws -> NationalNumber {
        let text: String
        if let numberFile {
            text = try CentralService.firstLine(of: numberFile)
        } else {
            if isatty(STDIN_FILENO) == 1 { Report.complain("national number:") }
            text = readLine() ?? ""
        }
        let number = NationalNumber(String(text.filter { !".- \t".contains($0) }))
        guard !number.warnings(birth: nil).contains(.malformed) else {
            throw CentralError(
                .invalidOfficer, "what was given is no national number",
                hint: "It has eleven digits; give it on standard input or with --number-file.")
        }
        return number
    }
}
