import Foundation

/// What a campaign found out.
struct MatchingFigures: Encodable {
    let seed: UInt64
    let threshold: Int
    let impressions: Int
    let minutiaeMedian: Int
    let genuinePairs: Int
    let impostorPairs: Int
    /// Shares, at the threshold.
    let falseNonMatch: Double
    let falseMatch: Double
    /// The worst genuine scores, and the best of impostors.
    let lowestGenuine: [Int]
    let highestImpostors: [Int]
    /// The lowest threshold with at most one false match in a thousand, and one in ten thousand, and what it
    /// costs in false non-matches.
    let atOneInThousand: Point
    let atOneInTenThousand: Point
    /// Of one core's time, medians; comparing without making the templates ready.
    let templateMilliseconds: Double
    let comparisonMilliseconds: Double

    struct Point: Encodable {
        let threshold: Int
        let falseNonMatch: Double
    }

    init(prints: [Impression], scores: PairScores, threshold: Int, seed: UInt64) {
        self.seed = seed
        self.threshold = threshold
        impressions = prints.count
        let counts = prints.map(\.template.minutiae.count).sorted()
        minutiaeMedian = counts.isEmpty ? 0 : counts[counts.count / 2]
        let genuine = scores.genuine.map(\.score).sorted()
        let impostors = scores.impostors.map(\.score).sorted(by: >)
        genuinePairs = genuine.count
        impostorPairs = impostors.count
        falseNonMatch = Self.share(genuine) { $0 < threshold }
        falseMatch = Self.share(impostors) { $0 >= threshold }
        lowestGenuine = Array(genuine.prefix(30))
        highestImpostors = Array(impostors.prefix(30))
        let point = { (allowed: Int) in
            let threshold = (impostors.dropFirst(allowed).first ?? 0) + 1
            return Point(threshold: threshold, falseNonMatch: Self.share(genuine) { $0 < threshold })
        }
        atOneInThousand = point(impostors.count / 1000)
        atOneInTenThousand = point(impostors.count / 10000)
        templateMilliseconds = Self.median(prints.map(\.seconds)) * 1000
        comparisonMilliseconds = Self.median((scores.genuine + scores.impostors).map(\.seconds)) * 1000
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }

    private static func share(_ scores: [Int], _ isWrong: (Int) -> Bool) -> Double {
        scores.isEmpty ? 0 : Double(scores.count(where: isWrong)) / Double(scores.count)
    }

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    var text: String {
        """
        seed \(seed), \(impressions) impressions, median \(minutiaeMedian) minutiae
        threshold \(threshold): false match \(percent(falseMatch)) of \(impostorPairs), false non-match \
        \(percent(falseNonMatch)) of \(genuinePairs)
        1 in 1000 false matches: threshold \(atOneInThousand.threshold), false non-match \
        \(percent(atOneInThousand.falseNonMatch))
        1 in 10000: threshold \(atOneInTenThousand.threshold), false non-match \
        \(percent(atOneInTenThousand.falseNonMatch))
        lowest genuine: \(lowestGenuine.map(String.init).joined(separator: " "))
        highest impostors: \(highestImpostors.map(String.init).joined(separator: " "))
        template \(tenths(templateMilliseconds)) ms, comparison \(tenths(comparisonMilliseconds)) ms of one core (median)
        """
    }

    private func percent(_ share: Double) -> String { String(format: "%.3f %%", share * 100) }

    private func tenths(_ value: Double) -> String { String(format: "%.2f", value) }
}
