import ArgumentParser

/// The campaigns that show that the vault loses nothing, each a verb that prints its figures and its seed.
///
/// They work on folders of their own below the temporary folder, with invented data, and end with 1 when
/// something was lost, doubled or half there.
@main
struct VaultCampaign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault-campaign",
        abstract: "Crashes, power cuts, failing disks and upgrades, by the thousand.",
        subcommands: [
            KillCampaign.self, CrashPointCampaign.self, FaultCampaign.self, UpgradeCampaign.self, TamperCampaign.self,
            ClockCampaign.self, AuditCampaign.self, PowerCampaign.self, MemoryCampaign.self,
            // Parts of campaigns that run as processes of their own.
            KillChild.self, KillCentral.self, CrashTrace.self, FaultWorker.self, PowerWorker.self,
        ])
}
