import Glibc

/// How many pixels of a scanner's raw picture make an inch, measured on a picture of a ruler or a grid on the
/// glass.
///
/// Lines at an even, known distance are a wave. Seen through a scanner with different scales across and down,
/// a grid that lies askew gives two waves whose squares add up to the two scales and leave the angle over, so
/// that the target need not lie straight.
package struct ScannerCalibration: Hashable, Sendable {
    /// Nil where the picture has no lines that tell it: a ruler has only one kind.
    package let horizontal: Scale?
    package let vertical: Scale?
    /// How the target lies, anticlockwise, as a person sees it on the picture at equal scales.
    package let rotationDegrees: Double

    /// One direction's figure.
    package struct Scale: Hashable, Sendable {
        package let pixelsPerInch: Double
        /// As a share of it.
        package let uncertainty: Double

        package init(pixelsPerInch: Double, uncertainty: Double) {
            self.pixelsPerInch = pixelsPerInch
            self.uncertainty = uncertainty
        }
    }

    /// Why a picture says nothing.
    package enum Refusal: String, Error, CaseIterable, Sendable {
        /// Neither kind of lines stands out: a finger, an empty glass, a target at another distance than was said.
        case noClearPeriod
        /// The lines are too close for this scanner, or too far apart for its glass.
        case unfitPitch
    }

    private static let millimetresPerInch = 25.4
    private static let greatestAngle = 7 * Double.pi / 180
    private static let leastPeriod = 4.0
    private static let leastCycles = 6.0

    /// - Parameters:
    ///   - image: the scanner's raw picture.
    ///   - pitch: the distance from line to line, in millimetres, of the lines that stand upright, and of those
    ///     that lie.
    ///   - expected: roughly the scales, in pixels an inch; up to a third more or less is found.
    package static func measure(
        _ image: GrayImage, pitch: (horizontal: Double, vertical: Double),
        expecting expected: (horizontal: Double, vertical: Double)
    ) throws(Refusal) -> ScannerCalibration {
        let horizontal = try lines(
            in: image, pitch: pitch.horizontal, expected: expected.horizontal,
            slope: tan(greatestAngle) * expected.horizontal / expected.vertical)
        let vertical = try lines(
            in: image.transposed(), pitch: pitch.vertical, expected: expected.vertical,
            slope: tan(greatestAngle) * expected.vertical / expected.horizontal)
        switch (horizontal, vertical) {
        case (nil, nil): throw .noClearPeriod
        case (let upright?, let lying?): return both(upright, lying, pitch)
        case (let upright?, nil):
            return one(upright, pitch: pitch.horizontal, other: expected.vertical, isUpright: true)
        case (nil, let lying?): return one(lying, pitch: pitch.vertical, other: expected.horizontal, isUpright: false)
        }
    }

    private static func lines(
        in image: GrayImage, pitch: Double, expected: Double, slope: Double
    ) throws(Refusal) -> LinePattern? {
        let period = pitch / millimetresPerInch * expected
        guard period >= leastPeriod, period * leastCycles <= Double(image.width) else { throw .unfitPitch }
        return LinePattern(in: image, period: period, slope: slope)
    }

    /// With both kinds of lines nothing has to be assumed.
    private static func both(
        _ upright: LinePattern, _ lying: LinePattern, _ pitch: (horizontal: Double, vertical: Double)
    ) -> ScannerCalibration {
        // Cycles a pixel times the pitch: for the upright lines (cosine across, sine down), for the lying ones
        // (-sine across, cosine down), each over its scale in pixels a millimetre.
        let across = (upright.horizontal * pitch.horizontal, lying.vertical * pitch.vertical)
        let down = (upright.vertical * pitch.horizontal, lying.horizontal * pitch.vertical)
        let horizontal = 1 / (across.0 * across.0 + across.1 * across.1).squareRoot()
        let vertical = 1 / (down.0 * down.0 + down.1 * down.1).squareRoot()
        let angle = (atan2(-across.1, across.0) + atan2(down.0, down.1)) / 2
        return ScannerCalibration(
            horizontal: Scale(pixelsPerInch: horizontal * millimetresPerInch, uncertainty: upright.uncertainty),
            vertical: Scale(pixelsPerInch: vertical * millimetresPerInch, uncertainty: lying.uncertainty),
            rotationDegrees: -angle * 180 / .pi)
    }

    /// With one kind the angle follows from the other direction's expected scale, which matters only a little:
    /// at 5 degrees a third too much in it makes 0.3 % in the result.
    private static func one(
        _ lines: LinePattern, pitch: Double, other: Double, isUpright: Bool
    ) -> ScannerCalibration {
        let sine = min(1, max(-1, lines.vertical * pitch * other / millimetresPerInch))
        let scale = Scale(
            pixelsPerInch: (1 - sine * sine).squareRoot() / (lines.horizontal * pitch) * millimetresPerInch,
            uncertainty: lines.uncertainty + sine * sine / 3)
        let degrees = asin(sine) * 180 / .pi
        return ScannerCalibration(
            horizontal: isUpright ? scale : nil, vertical: isUpright ? nil : scale,
            rotationDegrees: isUpright ? -degrees : degrees)
    }
}

extension GrayImage {
    /// Rows for columns.
    func transposed() -> GrayImage {
        var result = [UInt8](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width { result[x * height + y] = pixels[y * width + x] }
        }
        return GrayImage(width: height, height: width, pixels: result, pixelsPerInch: pixelsPerInch)
    }
}
