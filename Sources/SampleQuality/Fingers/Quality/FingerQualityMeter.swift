package import EnrolmentCore

/// Measures how usable a finger picture is.
package struct FingerQualityMeter: Sendable {
    /// Fewer squares of finger than this say nothing; NFIQ 2 refuses them too.
    private static let fewestSquares = 10
    /// Larger than any finger at 500 pixels an inch; NFIQ 2 refuses them too.
    private static let largest = (width: 800, height: 1000)

    package init() {}

    /// - Parameter minutiae: of the same picture; nil leaves that part out.
    package func quality(of image: GrayImage, minutiae: [Minutia]?) -> FingerQuality {
        let view = FingerView(image)
        let picture = view.picture
        guard view.showsSomething else {
            return FingerQuality(score: 0, parts: view.parts(minutiae: minutiae), hints: [.placeFinger])
        }
        let isMeasurable =
            view.features.clarity.counts.reduce(0, +) >= Double(Self.fewestSquares)
            && picture.width <= Self.largest.width && picture.height <= Self.largest.height
        let score = isMeasurable ? FingerQualityModel.score(of: view.measures) : 0
        return FingerQuality(
            score: Int(min(100, max(0, score)).rounded()), parts: view.parts(minutiae: minutiae),
            hints: PlacementAdvice(view).hints)
    }

    /// The row of measures that the score is computed from, for the programs that fit and judge it.
    package func measures(of image: GrayImage) -> [Double] {
        FingerView(image).measures
    }
}
