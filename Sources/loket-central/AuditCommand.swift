import ArgumentParser

/// Groups what concerns the kits' journals and the seals of their days.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "See which days of which kits are closed; verify a kit's journal by that.",
        subcommands: [AuditListCommand.self, AuditShowCommand.self, AuditVerifyCommand.self])
}
