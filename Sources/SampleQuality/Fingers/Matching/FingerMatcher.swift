package import EnrolmentCore

/// Tells whether two prints are of one finger.
///
/// First each minutia of the one is compared with each of the other by its surroundings; pairs that agree about
/// where the prints lie strengthen each other; then the prints are laid on each other by the strongest pairs, and
/// what fits is weighed against what does not.
package struct FingerMatcher: Sendable {
    /// How many ways to lay the prints on each other are tried.
    private static let trials = 6
    /// So that 40 is a good threshold, as it is with the best known matcher of minutiae.
    private static let scale: Float = 15
    /// Fewer minutiae than this tell nothing.
    private static let least = 5

    package init() {}

    /// - Returns: 0 for nothing in common; the same either way round.
    package func similarity(_ first: FingerTemplate, _ second: FingerTemplate) -> Int {
        similarity(MatchingPrint(first), MatchingPrint(second))
    }

    package func similarity(_ first: MatchingPrint, _ second: MatchingPrint) -> Int {
        guard first.points.count >= Self.least, second.points.count >= Self.least else { return 0 }
        return second.precedes(first) ? ordered(second, first) : ordered(first, second)
    }

    private func ordered(_ first: MatchingPrint, _ second: MatchingPrint) -> Int {
        let pairs = MinutiaPairs(first, second)
        var best: Float = 0
        var tried: [PrintAlignment] = []
        for seed in pairs.pairs.prefix(3 * Self.trials) where tried.count < Self.trials {
            let isKnown = tried.contains { $0.matches.contains { $0.first == seed.first && $0.second == seed.second } }
            if isKnown { continue }
            let alignment = PrintAlignment(first, second, seed: seed, pairs: pairs)
            tried.append(alignment)
            best = max(best, alignment.evidence)
        }
        return Int((Self.scale * best).rounded())
    }
}
