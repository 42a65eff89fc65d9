import EnrolmentCore

/// Everything that is seen of one finger picture.
struct FingerView {
    let image: GrayImage
    let picture: TrimmedPicture
    let regions: LocalRegions
    let contact: ContactArea
    let features: FingerFeatures
    /// Nil when nothing touches the glass.
    let shape: ContactShape?
    /// How many grey levels at least five pixels have.
    let levels: Int
    /// The grey of the empty glass, or the lightest there is.
    let glass: Int

    /// A whole fingertip, about 2 square centimetres.
    private static let wholeArea = 80_000.0
    /// What TR-03121 asks of a picture's grey levels.
    private static let wholeLevels = 200.0
    /// What the tip of an ordinary finger has.
    private static let wholeMinutiae = 40.0
    /// In grey levels; a sensor's noise is less.
    private static let faintest = 6.0
    /// Of noise hardly one square in a thousand has as much.
    private static let leastCoherence = 0.17
    private static let fewestSquares = 4

    init(_ image: GrayImage) {
        self.image = image
        picture = TrimmedPicture(image)
        regions = LocalRegions(picture)
        contact = ContactArea(picture)
        features = FingerFeatures(picture, regions: regions, contact: contact)
        shape = ContactShape(contact, of: picture, in: image)
        var counts = [Int](repeating: 0, count: 256)
        for grey in picture.pixels { counts[Int(grey)] += 1 }
        let greys = GreyCounts(counts)
        levels = greys.levels(withAtLeast: 5)
        glass = greys.quantile(0.98)
    }

    /// Whether there is anything but the glass: enough squares that change more than noise does, and in one
    /// direction more than in others. In strong noise that shows at half the size only.
    var showsSomething: Bool {
        if Self.directed(regions.outer) >= Self.fewestSquares { return true }
        guard let half = picture.halved else { return false }
        return Self.directed(LocalRegions(half).outer) >= Self.fewestSquares
    }

    private static func directed(_ squares: [RegionMoments]) -> Int {
        squares.count { $0.deviation > faintest && $0.coherence > leastCoherence }
    }

    /// What the model is given: NFIQ 2's measures and how much there is of the finger.
    var measures: [Double] {
        features.values + [
            Double(regions.isForeground.count { $0 }), shape?.area ?? 0, picture.deviation, Double(levels),
        ]
    }

    func parts(minutiae: [Minutia]?) -> [FingerQuality.Part: Double] {
        let squares = features.clarity.counts.reduce(0, +)
        var parts: [FingerQuality.Part: Double] = [
            .ridgeClarity: features.clarity.mean,
            .orientationCertainty: features.coherenceMean,
            // Where ridges and valleys are as wide as a finger's, clarity is more than 0.
            .ridgeFrequency: squares > 0 ? 1 - features.clarity.counts[1] / squares : 0,
            .foreground: min(1, (shape?.area ?? 0) / Self.wholeArea),
            .greyUse: min(1, Double(levels) / Self.wholeLevels),
        ]
        if let minutiae { parts[.minutiae] = min(1, Double(minutiae.count) / Self.wholeMinutiae) }
        return parts
    }
}
