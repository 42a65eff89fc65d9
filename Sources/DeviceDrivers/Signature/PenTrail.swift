import EnrolmentCore

/// Turns the stream of pen samples into strokes.
///
/// A stroke is a run of samples in which the pen is in range, its tip is pressed and its pressure
/// is above the threshold. It also ends where the pad's reports show a hole, so that two strokes
/// whose lifted pen was never reported are not joined by a line that nobody drew.
struct PenTrail {
    private(set) var strokes: [[PenPoint]] = []
    /// When the pen last touched, on the host's clock.
    private(set) var lastTouch: Duration?
    /// Samples that lay off the surface.
    private(set) var strayCount = 0
    /// Reports that never came, by their sequence numbers.
    private(set) var lostCount = 0

    private let geometry: PadGeometry
    private let threshold: InkThreshold
    private var clock = PadClock()
    private var stroke: [PenPoint] = []
    private var origin: Int?
    private var lastReport: Duration?
    private var lastSequence: UInt16?

    /// Without a report for this long the pen has left: in range it reports every 5 ms.
    private static let silence: Duration = .milliseconds(100)
    /// More lost reports than this (50 ms) leave too large a hole to draw across.
    private static let bridgeableLoss = 10
    /// No hand moves 30 mm from one report to the next.
    private static let longestLeap = (distance: 3000, milliseconds: 10)

    init(geometry: PadGeometry, threshold: InkThreshold) {
        self.geometry = geometry
        self.threshold = threshold
    }

    var isPenDown: Bool { !stroke.isEmpty }

    /// All strokes, the one under way included.
    var allStrokes: [[PenPoint]] { stroke.isEmpty ? strokes : strokes + [stroke] }

    /// Takes one sample.
    ///
    /// - Returns: what the screen draws: a touching point, or one with pressure 0 that ends a stroke.
    mutating func add(_ sample: PenSample, at now: Duration) -> [PenPoint] {
        var shown = quiet(at: now)
        if let sequence = sample.sequence {
            if sequence == lastSequence { return shown }
            shown += noteLoss(before: sequence)
        }
        lastReport = now
        let milliseconds = clock.milliseconds(tick: sample.tick, host: now)
        guard isTouching(sample) else { return shown + lift() }
        guard sample.x <= geometry.maximumX, sample.y <= geometry.maximumY else {
            strayCount += 1
            return shown
        }
        lastTouch = now
        let start = origin ?? milliseconds
        origin = start
        let point = PenPoint(
            x: sample.x, y: sample.y, pressure: min(sample.pressure, geometry.maximumPressure),
            milliseconds: milliseconds - start)
        if let last = stroke.last, isLeap(from: last, to: point) { shown += lift() }
        stroke.append(point)
        return shown + [point]
    }

    /// Closes the stroke when the pad has been silent for too long.
    mutating func quiet(at now: Duration) -> [PenPoint] {
        guard let lastReport, now - lastReport >= Self.silence else { return [] }
        return lift()
    }

    private func isTouching(_ sample: PenSample) -> Bool {
        let least = isPenDown ? threshold.off : threshold.on
        return sample.isInRange && sample.isTipPressed && sample.pressure >= least
    }

    private func isLeap(from last: PenPoint, to point: PenPoint) -> Bool {
        point.milliseconds - last.milliseconds <= Self.longestLeap.milliseconds
            && max(abs(last.x - point.x), abs(last.y - point.y)) > Self.longestLeap.distance
    }

    private mutating func noteLoss(before sequence: UInt16) -> [PenPoint] {
        defer { lastSequence = sequence }
        guard let lastSequence else { return [] }
        let missing = Int(sequence &- lastSequence) - 1
        // Far more than a second: the pad's counter started again.
        guard (1..<1000).contains(missing) else { return [] }
        lostCount += missing
        return missing > Self.bridgeableLoss ? lift() : []
    }

    private mutating func lift() -> [PenPoint] {
        guard let last = stroke.last else { return [] }
        strokes.append(stroke)
        stroke = []
        return [PenPoint(x: last.x, y: last.y, pressure: 0, milliseconds: last.milliseconds)]
    }
}
