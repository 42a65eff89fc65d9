package import EnrolmentCore
import Foundation
package import OfflineCache
import OfflineCacheSchema

/// When a kit locks itself, and what a passphrase in the place of a card must be like.
///
/// Each figure is in the data, none in the code; what is out of its bounds is refused and never
/// replaced, so that nobody can end the lock by writing a large number into a file.
package struct LoginRules: Hashable, Sendable {
    /// The screen goes blank after so long without a key.
    package let idle: Duration
    package let leastCharacters: Int
    package let tries: TryLimit
    package let cost: Argon2id.Cost

    /// A file of this name in the kit's folder holds the kit's own rules.
    package static let fileName = "login.json"

    /// The kit's own rules, else those of the program.
    ///
    /// - Throws: `input.missingConfiguration` that names the wrong member; `input.unreadableFile`.
    package static func station(in folder: KitFolder) throws(FailureReport) -> LoginRules {
        let own = folder.url.appending(path: fileName)
        guard FileManager.default.fileExists(atPath: own.path) else { return try builtIn() }
        return try LoginRules(json: try InputFile.bytes(of: own.path, atMost: .configuration, called: fileName))
    }

    package static func builtIn() throws(FailureReport) -> LoginRules { try LoginRules(json: LoginRuleFile.json) }

    /// - Throws: `input.missingConfiguration`.
    package init(json: [UInt8]) throws(FailureReport) {
        guard let file = try? JSONDecoder().decode(File.self, from: Data(json)), file.version == 1 else {
            throw FailureReport(.input(.missingConfiguration), detail: "\(Self.fileName): form", kept: .nothingToKeep)
        }
        let phrase = file.passphrase
        try Self.check(file.idleMinutes, in: 1...60, "idleMinutes")
        try Self.check(phrase.leastCharacters, in: 8...128, "leastCharacters")
        try Self.check(phrase.freeTries, in: 1...10, "freeTries")
        try Self.check(phrase.firstWaitSeconds, in: 30...3600, "firstWaitSeconds")
        try Self.check(phrase.longestWaitSeconds, in: phrase.firstWaitSeconds...86_400, "longestWaitSeconds")
        try Self.check(phrase.memoryKiB, in: 19_456...1_048_576, "memoryKiB")
        try Self.check(phrase.passes, in: 2...16, "passes")
        idle = .seconds(60 * file.idleMinutes)
        leastCharacters = phrase.leastCharacters
        tries = TryLimit(
            freeTries: phrase.freeTries, firstWait: .seconds(phrase.firstWaitSeconds),
            longestWait: .seconds(phrase.longestWaitSeconds))
        cost = Argon2id.Cost(memoryKiB: phrase.memoryKiB, passes: phrase.passes)
    }

    private static func check(
        _ value: Int, in bounds: ClosedRange<Int>, _ name: String
    ) throws(FailureReport) {
        guard bounds.contains(value) else {
            throw FailureReport(
                .input(.missingConfiguration), detail: "\(fileName): \(name) is not in \(bounds)",
                kept: .nothingToKeep)
        }
    }

    private struct File: Decodable {
        struct Passphrase: Decodable {
            let leastCharacters: Int
            let freeTries: Int
            let firstWaitSeconds: Int
            let longestWaitSeconds: Int
            let memoryKiB: Int
            let passes: Int
        }

        let version: Int
        let idleMinutes: Int
        let passphrase: Passphrase
    }
}
