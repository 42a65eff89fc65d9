/// How long the disk lasts.
package struct DiskForecast: Hashable, Sendable {
    package enum Level: String, CaseIterable, Sendable, Comparable {
        /// Nothing to say.
        case plenty
        /// Worth mentioning: time to send the queue.
        case soon
        /// A warning.
        case low
        /// No case can be begun; one that runs can be finished.
        case full

        package static func < (one: Level, other: Level) -> Bool {
            allCases.firstIndex(of: one) ?? 0 < allCases.firstIndex(of: other) ?? 0
        }
    }

    /// Bytes free on the disk.
    package let free: Int
    /// Bytes of them that are kept back to finish a case that runs.
    package let reserve: Int
    /// Bytes that a visit leaves on the disk: the median of the last packets, with their rows.
    package let visitSize: Int
    /// Whether `visitSize` was measured here; before the first packet it is a rule.
    package let isMeasured: Bool
    /// How many more visits, of one person each, fit.
    package let visitsLeft: Int
    package let level: Level

    /// - Parameter packets: sizes of the last packets.
    init(free: Int, packets: [Int], rules: SpaceRules) {
        let sizes = packets.sorted()
        self.free = max(0, free)
        isMeasured = !sizes.isEmpty
        let median = sizes.isEmpty ? rules.visitKiB << 10 : sizes[sizes.count / 2]
        visitSize = Self.rowSize + max(0, min(median, Self.largestPacket))
        let largest = max(0, min(sizes.last ?? 0, Self.largestPacket))
        reserve = max(rules.reserveMiB << 20, rules.logMiB << 20 + largest * rules.runningCaseSizes)
        visitsLeft = max(0, self.free - reserve) / visitSize
        level =
            switch visitsLeft {
            case 0: .full
            case ...rules.lowVisits: .low
            case ...rules.soonVisits: .soon
            default: .plenty
            }
    }

    /// A packet's row with its manifest, and later its receipt: one page of the database.
    private static let rowSize = 4096

    /// More than any packet has; keeps a damaged row from ending the arithmetic.
    private static let largestPacket = 1 << 32
}
