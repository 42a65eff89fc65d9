package import EnrolmentCore

/// Draws the strokes of a signature as black ink on white.
///
/// The picture is made from the points, not from the pad's screen, so its size and density are free.
/// The ink is shrunk to fit inside a margin, never stretched in one direction and never enlarged beyond
/// life size. Lines follow a curve through the points, are wider where the pen pressed harder and
/// have soft edges; one point alone makes a dot.
package struct SignatureRenderer: Sendable {
    /// Size in pixels and density; the default is 40 x 20 mm at 600 dpi, to be scaled down by who needs less.
    package let width: Int
    package let height: Int
    package let pixelsPerInch: Int
    /// The part of each side that stays white around the ink.
    package let margin: Double
    /// Line width in millimetres in the picture, from no pressure to full pressure.
    package let lineWidths: ClosedRange<Double>

    private static let maximumPixelCount = 16_000_000

    package init(
        width: Int = 945, height: Int = 472, pixelsPerInch: Int = 600, margin: Double = 0.05,
        lineWidths: ClosedRange<Double> = 0.25...0.7
    ) {
        self.width = width
        self.height = height
        self.pixelsPerInch = pixelsPerInch
        self.margin = margin
        self.lineWidths = lineWidths
    }

    /// - Throws: `.noInk` for a signature without points, `.invalidGeometry` for a pad without size,
    ///   `.invalidSize` when there are no pixels to draw on.
    package func render(_ sample: SignatureSample) throws(SignatureRenderingError) -> GrayImage {
        guard width > 0, height > 0, pixelsPerInch > 0, width <= Self.maximumPixelCount / height else {
            throw .invalidSize
        }
        let strokes = try inkInMillimetres(sample)
        let pixelsPerMillimetre = Double(pixelsPerInch) / 25.4
        let placement = place(strokes, pixelsPerMillimetre)
        var canvas = InkCanvas(width: width, height: height)
        for stroke in strokes {
            let points = stroke.map { point in
                InkPoint(
                    x: placement.x + point.x * placement.scale, y: placement.y + point.y * placement.scale,
                    radius: radius(point.pressure) * pixelsPerMillimetre)
            }
            canvas.draw(InkCurve.through(points))
        }
        return GrayImage(width: width, height: height, pixels: canvas.pixels, pixelsPerInch: pixelsPerInch)
    }

    private struct PadPoint {
        let x: Double
        let y: Double
        /// 0 to 1.
        let pressure: Double
    }

    private func inkInMillimetres(_ sample: SignatureSample) throws(SignatureRenderingError) -> [[PadPoint]] {
        let pad = sample.geometry
        guard pad.maximumX > 0, pad.maximumY > 0, pad.maximumPressure > 0, pad.widthInHundredthsOfMillimetre > 0,
            pad.heightInHundredthsOfMillimetre > 0
        else { throw .invalidGeometry }
        let perX = Double(pad.widthInHundredthsOfMillimetre) / 100 / Double(pad.maximumX)
        let perY = Double(pad.heightInHundredthsOfMillimetre) / 100 / Double(pad.maximumY)
        let strokes = sample.strokes.filter { !$0.isEmpty }.map { stroke in
            stroke.map { point in
                PadPoint(
                    x: Double(min(max(point.x, 0), pad.maximumX)) * perX,
                    y: Double(min(max(point.y, 0), pad.maximumY)) * perY,
                    pressure: Double(min(max(point.pressure, 0), pad.maximumPressure)) / Double(pad.maximumPressure))
            }
        }
        guard !strokes.isEmpty else { throw .noInk }
        return strokes
    }

    private func radius(_ pressure: Double) -> Double {
        (lineWidths.lowerBound + pressure * (lineWidths.upperBound - lineWidths.lowerBound)) / 2
    }

    /// Where the ink's millimetres come to lie: centred, inside the margin, at most life size.
    private func place(
        _ strokes: [[PadPoint]], _ pixelsPerMillimetre: Double
    ) -> (scale: Double, x: Double, y: Double) {
        let points = strokes.joined()
        let left = points.map(\.x).min() ?? 0
        let right = points.map(\.x).max() ?? 0
        let top = points.map(\.y).min() ?? 0
        let bottom = points.map(\.y).max() ?? 0
        let line = lineWidths.upperBound * pixelsPerMillimetre
        let roomX = max(1, Double(width) * (1 - 2 * margin) - line)
        let roomY = max(1, Double(height) * (1 - 2 * margin) - line)
        let scale = min(
            pixelsPerMillimetre, roomX / max(right - left, 1e-9), roomY / max(bottom - top, 1e-9))
        return (
            scale, Double(width) / 2 - scale * (left + right) / 2, Double(height) / 2 - scale * (top + bottom) / 2
        )
    }
}
