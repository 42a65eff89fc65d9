package import EnrolmentCore
import Glibc

/// A face that is drawn, not photographed: nobody's, yet with the geometry of a passport photo.
///
/// On a picture of 35 by 45 mm the head is 33.5 mm from crown to chin (74 %), centred, eyes at half
/// its height, before a light grey ground.
package struct DrawnFace {
    let traits: FaceTraits
    var canvas: Canvas

    static let centre: Float = 17.5
    static let crown: Float = 4.2
    static let chin: Float = 37.7
    static let eyeLine: Float = 21.2

    /// Draws a face.
    ///
    /// - Parameter width: in pixels, at least 35; 600 gives 600 by 771.
    package static func picture(seed: UInt64, width: Int = 600) -> RGBImage {
        var face = DrawnFace(seed: seed, width: max(35, width))
        face.draw()
        return face.canvas.image
    }

    private init(seed: UInt64, width: Int) {
        traits = FaceTraits(seed: seed)
        canvas = Canvas(width: width, background: Colour(0.83, 0.84, 0.85))
    }

    private mutating func draw() {
        if traits.hair == .long { drawLongHair() }
        drawBody()
        if traits.hair != .long { drawEars() }
        drawHead()
        if traits.hasBeard { drawBeard() }
        for side in [-1, 1] as [Float] { drawEye(side) }
        drawNose()
        drawMouth()
        drawHair()
    }

    /// Half the width of the face at a height: an ellipse above the cheekbones, a narrowing jaw below.
    func halfWidth(at y: Float) -> Float {
        let middle: Float = 19.5
        if y < middle {
            let rise = (middle - y) / (middle - Self.crown - 0.8)
            return rise >= 1 ? 0 : traits.halfWidth * (1 - rise * rise).squareRoot()
        }
        let fall = (y - middle) / (Self.chin - middle)
        guard fall < 1 else { return 0 }
        return traits.halfWidth * powf(1 - powf(fall, 3), 0.5) * (1 - traits.jaw * fall)
    }

    private mutating func drawBody() {
        let (skin, clothes, jaw) = (traits.skin, traits.clothes, traits.halfWidth)
        canvas.paint(0, 34, 35, 45) { x, y in
            let off = abs(x - Self.centre)
            let shoulder = 38.3 + off * off * 0.021 + max(0, off - 12) * 0.35
            let fold = 0.05 * sinf(x * 0.9 + y * 0.25)
            return (clothes.lit(1.08 - off * 0.018 + fold), smoothStep(shoulder - 0.15, shoulder + 0.15, y))
        }
        canvas.paint(8, 30, 27, 45) { x, y in
            let off = abs(x - Self.centre)
            let edge = jaw * 0.56 + max(0, y - 38.5) * 0.25
            let collar = 44.6 - off * 0.95
            let shade = 0.64 + 0.2 * smoothStep(36, 41, y) - 0.16 * smoothStep(0, edge, off)
            return (
                skin.lit(shade), smoothStep(edge + 0.2, edge - 0.2, off) * smoothStep(collar + 0.2, collar - 0.1, y)
            )
        }
        canvas.paint(8, 36, 27, 45) { x, y in
            let off = abs(x - Self.centre)
            let collar = 44.6 - off * 0.95
            let distance = abs(y - collar - 0.5)
            return (clothes.lit(0.72), off < 7.4 ? smoothStep(0.7, 0.3, distance) : 0)
        }
    }

    private mutating func drawEars() {
        for side in [-1, 1] as [Float] {
            let x = Self.centre + side * (traits.halfWidth + 0.25)
            canvas.ellipse(at: x, 22.6, 1.35, 3.1, traits.skin.lit(side < 0 ? 0.9 : 0.78))
            canvas.ellipse(at: x + side * 0.1, 22.5, 0.7, 2.1, traits.skin.lit(0.66), soft: 0.5, cover: 0.7)
        }
    }

    /// The skin, lit from the upper left, darker towards its outline.
    private mutating func drawHead() {
        let face = self
        let warm = Colour(0.86, 0.42, 0.36)
        canvas.paint(4, 3.5, 31, 38.5) { x, y in
            let half = face.halfWidth(at: y)
            guard half > 0.05 else { return (warm, 0) }
            let across = (x - Self.centre) / half
            let down = (y - 20) / 17
            let cover = smoothStep(half + 0.12, half - 0.12, abs(x - Self.centre))
            guard cover > 0 else { return (warm, 0) }
            let depth = max(0, 1 - across * across * 0.82 - down * down * 0.35).squareRoot()
            let light = 0.66 + 0.36 * depth - 0.085 * across - 0.05 * down
            let cheek = hypotf(abs(x - Self.centre) - 6.2, (y - 26.6) * 0.9)
            let blush = 0.16 * smoothStep(3.6, 0.5, cheek)
            return (face.traits.skin.mixed(warm, blush).lit(light), cover)
        }
        canvas.ellipse(at: Self.centre - 1, 13.4, 6, 3, traits.skin.lit(1.12), soft: 0.9, cover: 0.35)
        canvas.ellipse(at: Self.centre, 35.4, 2.4, 1.3, traits.skin.lit(1.08), soft: 0.9, cover: 0.4)
    }

    private mutating func drawBeard() {
        let face = self
        let colour = traits.hairColour.mixed(traits.skin, 0.35)
        canvas.paint(4, 24, 31, 38.5) { x, y in
            let half = face.halfWidth(at: y)
            let off = abs(x - Self.centre)
            let mouth = hypotf(off / (face.traits.mouthWidth + 0.7), (y - 31.9) / 1.5)
            let top = 29.6 - smoothStep(5, 10, off) * 4.6
            let grain = 0.86 + 0.14 * sinf(x * 23 + sinf(y * 17) * 3)
            let cover =
                smoothStep(half + 0.1, half - 0.5, off) * smoothStep(top - 0.7, top + 1.1, y)
                * smoothStep(0.9, 1.25, mouth)
            return (colour.lit(grain), cover * 0.82)
        }
    }
}
