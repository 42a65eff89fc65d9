import ArgumentParser
import EnrolmentCore
import Foundation
import StationApp

/// By which rules fingers are taken.
struct RulesOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Rules for fingers: belgian, german, or a file (otherwise LOKET_RULES, or rules.json in the kit's folder, or belgian)."
        ))
    var rules: String?

    /// - Throws: `FailureReport` when the rules cannot be used; none are used in their place.
    func fingerRules(of folder: KitFolder) throws -> FingerRules {
        try .station(in: folder, wish: rules ?? ProcessInfo.processInfo.environment["LOKET_RULES"])
    }
}
