import Foundation
import SampleQuality

/// How alike many pairs of prints were found.
struct PairScores: Sendable {
    struct Pair: Sendable {
        let first: Int
        let second: Int
        var score = 0
        var seconds = 0.0
    }

    var genuine: [Pair] = []
    var impostors: [Pair] = []

    /// Every two impressions of one finger; of different fingers the first impressions, or all.
    static func of(_ prints: [Impression], everyPair: Bool) async throws -> PairScores {
        var scores = PairScores()
        for first in prints.indices {
            for second in prints.indices[(first + 1)...] {
                if prints[first].finger == prints[second].finger {
                    scores.genuine.append(Pair(first: first, second: second))
                } else if everyPair || (prints[first].number == 1 && prints[second].number == 1) {
                    scores.impostors.append(Pair(first: first, second: second))
                }
            }
        }
        let ready = try await concurrently(prints.indices) { MatchingPrint(prints[$0].template) }
        scores.genuine = try await scored(scores.genuine, ready)
        scores.impostors = try await scored(scores.impostors, ready)
        return scores
    }

    private static func scored(_ pairs: [Pair], _ prints: [MatchingPrint]) async throws -> [Pair] {
        let size = 500
        return try await concurrently(0..<(pairs.count + size - 1) / size) { part in
            pairs[part * size..<min(pairs.count, (part + 1) * size)].map { unscored in
                var pair = unscored
                pair.seconds = processorSeconds {
                    pair.score = FingerMatcher().similarity(prints[pair.first], prints[pair.second])
                }
                return pair
            }
        }.flatMap { $0 }
    }

    func csv(_ prints: [Impression]) -> String {
        let name = { (index: Int) in "\(prints[index].finger)_\(prints[index].number)" }
        let rows = [(genuine, "same"), (impostors, "other")].flatMap { pairs, kind in
            pairs.map { "\(kind),\(name($0.first)),\(name($0.second)),\($0.score)" }
        }
        return (["kind,first,second,score"] + rows).joined(separator: "\n") + "\n"
    }
}
