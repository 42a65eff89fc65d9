package import EnrolmentCore
import Foundation
package import OfflineCacheSchema

/// Where a station's rules for fingers come from. Rules that are there and wrong are never replaced by
/// others: the program does not start.
extension FingerRules {
    /// The rules that were asked for by name, else the kit's own, else the Belgian ones.
    ///
    /// - Parameters:
    ///   - folder: a file `rules.json` in it holds the kit's own rules.
    ///   - wish: the name of rules that the program carries (`german`), or a file.
    /// - Throws: `input.missingConfiguration` that names the wrong member; `input.unreadableFile`.
    package static func station(in folder: KitFolder, wish: String?) throws(FailureReport) -> FingerRules {
        if let wish, !wish.isEmpty {
            if let known = FingerRuleSet(rawValue: wish) { return try builtIn(known) }
            return try rules(in: URL(filePath: wish))
        }
        let own = folder.url.appending(path: "rules.json")
        return FileManager.default.fileExists(atPath: own.path) ? try rules(in: own) : try builtIn(.belgian)
    }

    /// Rules that are part of the program.
    package static func builtIn(_ set: FingerRuleSet) throws(FailureReport) -> FingerRules {
        try decoded(set.json, from: set.rawValue)
    }

    private static func rules(in file: URL) throws(FailureReport) -> FingerRules {
        let name = file.lastPathComponent
        return try decoded(try InputFile.bytes(of: file.path, atMost: .configuration, called: name), from: name)
    }

    private static func decoded(_ json: [UInt8], from name: String) throws(FailureReport) -> FingerRules {
        do throws(FingerRulesError) {
            return try FingerRules(json: json)
        } catch {
            throw FailureReport(
                .input(.missingConfiguration), detail: "\(name): \(error.description)", kept: .nothingToKeep)
        }
    }
}
