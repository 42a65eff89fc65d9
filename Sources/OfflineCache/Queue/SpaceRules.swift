import FoundationEssentials
import OfflineCacheSchema

/// How much room the work takes, and when to warn: `offline-cache/reference/space.json`. There is no rule in
/// the code, so none is ever a default.
package struct SpaceRules: Hashable, Sendable, Codable {
    package let version: Int
    /// Kept back at least, so that a case that was begun can be finished and sent.
    package let reserveMiB: Int
    /// What the write-ahead log may take while a case runs.
    package let logMiB: Int
    /// How many times its packet's size a running case may take at once: its draft twice, while a save
    /// replaces it, the packet, and one to spare.
    package let runningCaseSizes: Int
    /// What a visit takes before any was measured.
    package let visitKiB: Int
    /// How many of the last packets are measured.
    package let measuredPackets: Int
    /// Mentioned from so many visits on.
    package let soonVisits: Int
    /// Warned about from so many visits on.
    package let lowVisits: Int

    package static func builtIn() throws(StoreError) -> SpaceRules { try SpaceRules(json: SpaceRuleFile.json) }

    package init(json: [UInt8]) throws(StoreError) {
        guard let rules = try? JSONDecoder().decode(SpaceRules.self, from: Data(json)), rules.isSound else {
            throw .unreadable("the rules of space")
        }
        self = rules
    }

    private var isSound: Bool {
        let amounts = [reserveMiB, logMiB, runningCaseSizes, visitKiB, measuredPackets, lowVisits]
        return version == 1 && amounts.allSatisfy { (1...1 << 20).contains($0) }
            && (lowVisits...1 << 20).contains(soonVisits)
    }
}
