import EnrolmentCore
import StationUI

/// A finger's quality as the verbs report it: named for what it is, beside what the rules ask for.
struct ShownQuality: Encodable {
    /// Never NFIQ 2 itself.
    let measure = "NFIQ2-like"
    let score: Int
    let parts: [String: Double]
    let hints: [String]
    /// What the rules ask of this finger, and whether it is reached; nil for a finger that is not said.
    let threshold: Int?
    let isSufficient: Bool?

    init(_ quality: FingerQuality, position: FingerPosition?, rules: FingerRules) {
        score = quality.score
        parts = Dictionary(uniqueKeysWithValues: quality.parts.map { ($0.rawValue, ($1 * 1000).rounded() / 1000) })
        hints = quality.hints.map(\.rawValue)
        threshold = position.map { rules.quality(of: $0) }
        isSufficient = threshold.map { quality.score >= $0 }
    }

    func text(in words: Catalogue) -> String {
        let quality =
            threshold.map { words.line(.fingerQualityWanted, "\(score)", measure, "\($0)") }
            ?? words.line(.fingerQuality, "\(score)", measure)
        let parts = parts.sorted { $0.key < $1.key }.map { "  \($0.key) \($0.value)" }
        let hints = hints.isEmpty ? [] : ["  " + words.line(.fingerDo, hints.joined(separator: ", "))]
        return ([quality] + parts + hints).joined(separator: "\n")
    }
}
