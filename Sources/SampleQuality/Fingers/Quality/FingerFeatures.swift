/// What is measured of a finger picture, in the order and with the meaning of NFIQ 2's inputs.
struct FingerFeatures {
    /// Counts in ten bins, mean and deviation of each local measure.
    let frequency: FeatureHistogram
    let clarity: FeatureHistogram
    let certainty: FeatureHistogram
    let flow: FeatureHistogram
    let uniformity: FeatureHistogram
    let contactMean: Double
    /// The mean of the means of the squares, and that of all pixels.
    let meanOfMeans: Double
    let mean: Double
    /// Over the squares that the finger touches.
    let coherenceMean: Double
    let coherenceSum: Double

    // The bounds are part of NFIQ 2's published recipe.
    private static let frequencyBounds = [0.268, 0.304, 0.33, 0.355, 0.38, 0.407, 0.44, 0.50, 1]
    private static let clarityBounds = [0, 0.70, 0.74, 0.77, 0.79, 0.81, 0.83, 0.85, 0.87]
    private static let certaintyBounds = [0.337, 0.479, 0.579, 0.655, 0.716, 0.766, 0.81, 0.852, 0.898]
    private static let flowBounds = [0.01715, 0.035, 0.0557, 0.081, 0.115, 0.1718, 0.2569, 0.4758, 0.748]
    private static let uniformityBounds = [0.5, 0.667, 0.8, 1, 1.25, 1.5, 2, 24, 30]

    init(_ picture: TrimmedPicture, regions: LocalRegions, contact: ContactArea) {
        var (frequencies, clarities, ratios): ([Double], [Double], [Double]) = ([], [], [])
        var window = TurnedWindow()
        var profile = RidgeProfile()
        var spectrum = FrequencyProfile()
        for region in regions.inner where region.isForeground {
            window.read(picture, at: region, angle: region.angle, isUpright: false)
            profile.read(window)
            clarities.append(profile.clarity(of: window))
            profile.appendRatios(to: &ratios)
            window.read(picture, at: region, angle: region.angle + .pi / 2, isUpright: true)
            frequencies.append(spectrum.clarity(of: window))
        }
        frequency = FeatureHistogram(frequencies, bounds: Self.frequencyBounds)
        clarity = FeatureHistogram(clarities, bounds: Self.clarityBounds)
        uniformity = FeatureHistogram(ratios, bounds: Self.uniformityBounds)
        flow = FeatureHistogram(OrientationFlow.scores(of: regions), bounds: Self.flowBounds)
        certainty = FeatureHistogram(Self.certainties(of: picture, regions), bounds: Self.certaintyBounds)
        contactMean = contact.greys.mean
        mean = picture.mean
        meanOfMeans = regions.outer.reduce(0) { $0 + $1.mean } / Double(max(1, regions.outer.count))
        var (sum, count) = (0.0, 0)
        for (index, region) in regions.outer.enumerated()
        where contact.touches(regionColumn: index % regions.outerColumns, regionRow: index / regions.outerColumns) {
            sum += region.coherence
            count += 1
        }
        coherenceSum = sum
        coherenceMean = sum / Double(max(1, count))
    }

    /// Of whole squares, whether finger or not.
    private static func certainties(of picture: TrimmedPicture, _ regions: LocalRegions) -> [Double] {
        let (columns, rows) = (picture.width / RegionMoments.side, picture.height / RegionMoments.side)
        return (0..<rows).flatMap { row in
            (0..<columns).compactMap { regions.outer[row * regions.outerColumns + $0].certainty }
        }
    }

    /// All of it as one row.
    var values: [Double] {
        func row(_ histogram: FeatureHistogram) -> [Double] {
            histogram.counts + [histogram.mean, histogram.deviation]
        }
        return row(frequency) + [contactMean] + row(clarity) + [meanOfMeans, mean] + row(certainty) + row(flow)
            + [coherenceMean, coherenceSum] + row(uniformity)
    }
}
