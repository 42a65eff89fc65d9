import EnrolmentCore

/// A picture to draw on, 35 by 45 mm, with the origin at the top left and y downwards.
struct Canvas {
    static let millimetresWide: Float = 35
    static let millimetresHigh: Float = 45

    let width: Int
    let height: Int
    private var pixels: [UInt8]

    /// - Parameter width: in pixels; the height follows.
    init(width: Int, background: Colour) {
        self.width = width
        height = Int(Float(width) * Self.millimetresHigh / Self.millimetresWide)
        pixels = [UInt8](repeating: 0, count: 3 * width * height)
        paint(0, 0, Self.millimetresWide, Self.millimetresHigh) { x, y in
            (background.lit(1.03 - 0.002 * y - 0.0006 * abs(x - 17.5)), 1)
        }
    }

    var image: RGBImage { RGBImage(width: width, height: height, pixels: pixels) }

    /// Pixels a millimetre: how hard an edge may be.
    var sharpness: Float { Float(width) / Self.millimetresWide }

    /// Blends over a rectangle what `shader` gives for each place: a colour and how much of it covers.
    mutating func paint(
        _ left: Float, _ top: Float, _ right: Float, _ bottom: Float,
        _ shader: (_ x: Float, _ y: Float) -> (Colour, Float)
    ) {
        let scale = sharpness
        let columns = max(0, Int(left * scale))..<max(0, min(width, Int(right * scale) + 1))
        let rows = max(0, Int(top * scale))..<max(0, min(height, Int(bottom * scale) + 1))
        for row in rows where !columns.isEmpty {
            for column in columns {
                let (colour, cover) = shader((Float(column) + 0.5) / scale, (Float(row) + 0.5) / scale)
                guard cover > 0 else { continue }
                let index = 3 * (row * width + column)
                blend(index, colour.red, cover)
                blend(index + 1, colour.green, cover)
                blend(index + 2, colour.blue, cover)
            }
        }
    }

    /// An ellipse with an edge as sharp as the picture allows, or softer.
    mutating func ellipse(
        at x: Float, _ y: Float, _ radiusX: Float, _ radiusY: Float, _ colour: Colour, soft: Float = 0,
        cover: Float = 1
    ) {
        let reach = 1 + soft
        let edge = max(soft, 1.5 / (sharpness * min(radiusX, radiusY)))
        paint(x - radiusX * reach, y - radiusY * reach, x + radiusX * reach, y + radiusY * reach) { px, py in
            let dx = (px - x) / radiusX
            let dy = (py - y) / radiusY
            let distance = (dx * dx + dy * dy).squareRoot()
            return (colour, cover * smoothStep(1 + edge / 2, 1 - edge, distance))
        }
    }

    private mutating func blend(_ index: Int, _ value: Float, _ cover: Float) {
        let old = Float(pixels[index])
        let mixed = old + (value * 255 - old) * min(1, cover)
        pixels[index] = UInt8(max(0, min(255, mixed)))
    }
}

/// 0 at `from`, 1 at `to`, smooth between; `from` may be the larger.
func smoothStep(_ from: Float, _ to: Float, _ value: Float) -> Float {
    let part = max(0, min(1, (value - from) / (to - from)))
    return part * part * (3 - 2 * part)
}
