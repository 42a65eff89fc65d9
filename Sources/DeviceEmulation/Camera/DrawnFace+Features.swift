import Glibc

extension DrawnFace {
    /// One eye with its socket, lids and brow; `side` is -1 for the one on the left of the picture.
    mutating func drawEye(_ side: Float) {
        let x = Self.centre + side * traits.eyeDistance / 2
        let y = Self.eyeLine
        let skin = traits.skin
        canvas.ellipse(at: x - side * 0.6, y - 0.7, 3.1, 2.0, skin.lit(0.72), soft: 0.8, cover: 0.45)
        canvas.ellipse(at: x, y + 2.0, 2.4, 0.8, skin.lit(0.8), soft: 0.9, cover: 0.4)
        drawEyeball(x, y, side)
        let lash = Colour(0.16, 0.11, 0.09)
        canvas.paint(x - 3.2, y - 2.2, x + 3.2, y + 2) { px, py in
            let across = (px - x) / 2.45
            guard abs(across) < 1.06 else { return (lash, 0) }
            let upper = y - 1.28 * Self.lid(across) + side * across * -0.16
            return (lash, 0.92 * smoothStep(0.3, 0.08, abs(py - upper)))
        }
        canvas.paint(x - 3.2, y - 2.9, x + 3.2, y + 2) { px, py in
            let across = (px - x) / 2.7
            guard abs(across) < 1 else { return (skin, 0) }
            let fold = y - 0.75 - 1.3 * Self.lid(across)
            return (skin.lit(0.6), 0.55 * smoothStep(0.32, 0.05, abs(py - fold)))
        }
        drawBrow(x, y, side)
    }

    /// How far the lids are open along the eye, 1 in its middle.
    private static func lid(_ across: Float) -> Float {
        powf(max(0, 1 - across * across), 0.62)
    }

    private mutating func drawEyeball(_ x: Float, _ y: Float, _ side: Float) {
        let iris = traits.iris
        canvas.paint(x - 2.6, y - 1.6, x + 2.6, y + 1.3) { px, py in
            let across = (px - x) / 2.4
            let open = Self.lid(across)
            let cover =
                smoothStep(y - 1.28 * open - 0.1, y - 1.28 * open + 0.1, py)
                * smoothStep(y + 0.92 * open + 0.1, y + 0.92 * open - 0.1, py)
            guard abs(across) < 1, cover > 0 else { return (iris, 0) }
            var colour = Colour(0.93, 0.92, 0.90).lit(
                0.97 - 0.22 * across * across - 0.2 * smoothStep(y - 0.5, y - 1.3, py))
            let radius = hypotf(px - x, py - y + 0.12)
            let ring = iris.lit(0.75 + 0.5 * smoothStep(1.0, 0.5, radius) - 0.4 * smoothStep(0.95, 1.15, radius))
            colour = colour.mixed(ring, smoothStep(1.22, 1.1, radius))
            colour = colour.mixed(Colour(0.03, 0.03, 0.03), smoothStep(0.56, 0.46, radius))
            colour = colour.mixed(Colour(1, 1, 1), 0.95 * smoothStep(0.32, 0.2, hypotf(px - x + 0.42, py - y + 0.5)))
            return (colour, cover)
        }
        canvas.ellipse(at: x - side * 2.25, y + 0.18, 0.32, 0.25, Colour(0.80, 0.52, 0.48), soft: 0.4, cover: 0.8)
    }

    private mutating func drawBrow(_ x: Float, _ y: Float, _ side: Float) {
        let colour = traits.hairColour.lit(traits.hasGreyBrows ? 0.8 : 0.9)
        let height = traits.browHeight
        canvas.paint(x - 4.2, y - 6, x + 4.2, y - 1.5) { px, py in
            let outward = (px - x) * side / 3.7
            guard abs(outward) < 1 else { return (colour, 0) }
            let middle = y - height - 0.7 * (1 - powf(outward - 0.12, 2)) + 0.55
            let thickness = 0.62 * smoothStep(1, 0.1, outward) * smoothStep(-1, -0.82, outward) + 0.06
            let hair = 0.88 + 0.12 * sinf(px * 19 + py * 7)
            return (colour.lit(hair), 0.88 * smoothStep(thickness + 0.16, thickness - 0.2, abs(py - middle)))
        }
    }

    /// A nose is its shadows: along its right side, below its tip, and the nostrils.
    mutating func drawNose() {
        let skin = traits.skin
        let tip = Self.eyeLine + traits.noseLength
        canvas.paint(13, 19, 23, tip + 2) { x, y in
            let part = (y - 20) / (tip - 20)
            let ridge = Self.centre + 1.1 + 1.0 * part * part
            return (
                skin.lit(0.66),
                0.5 * smoothStep(1.15, 0.1, abs(x - ridge)) * smoothStep(-0.1, 0.5, part) * smoothStep(1.08, 0.9, part)
            )
        }
        canvas.ellipse(at: Self.centre - 0.3, tip - 3.2, 0.75, 3.4, skin.lit(1.16), soft: 0.9, cover: 0.5)
        canvas.ellipse(at: Self.centre - 0.3, tip - 0.7, 1.15, 1.0, skin.lit(1.16), soft: 0.9, cover: 0.55)
        for side in [-1, 1] as [Float] {
            let x = Self.centre + side * 2.25
            canvas.ellipse(at: x, tip - 0.15, 0.95, 0.95, skin.lit(side < 0 ? 0.94 : 0.8), soft: 0.6, cover: 0.6)
            canvas.ellipse(at: x + side * 0.75, tip - 0.2, 0.3, 1.0, skin.lit(0.58), soft: 0.9, cover: 0.6)
            canvas.ellipse(at: Self.centre + side * 1.3, tip + 0.5, 0.72, 0.34, skin.lit(0.34), soft: 0.6, cover: 0.85)
        }
        canvas.ellipse(at: Self.centre, tip + 1.2, 2.2, 0.6, skin.lit(0.7), soft: 0.9, cover: 0.5)
        canvas.ellipse(at: Self.centre, tip + 2.2, 0.5, 1.0, skin.lit(0.8), soft: 0.9, cover: 0.4)
    }

    mutating func drawMouth() {
        let y: Float = 31.9
        let (half, smile) = (traits.mouthWidth, traits.smile)
        let lip = traits.skin.mixed(Colour(0.62, 0.24, 0.24), 0.5)
        canvas.paint(Self.centre - half - 0.5, y - 2, Self.centre + half + 0.5, y + 2.6) { x, py in
            let across = (x - Self.centre) / half
            guard abs(across) < 1 else { return (lip, 0) }
            let line = y - smile * across * across * 1.4 + 0.1 * cosf(across * 6)
            let taper = powf(1 - across * across, 0.6)
            let bow = 1 - 0.28 * smoothStep(0.3, 0, abs(across))
            let upper = line - 0.95 * taper * bow
            let lower = line + 1.25 * taper
            let cover = smoothStep(upper - 0.15, upper + 0.15, py) * smoothStep(lower + 0.2, lower - 0.25, py)
            let isUpper = py < line
            let shine = isUpper ? 0.82 : 0.92 + 0.2 * smoothStep(0.6, 0, hypotf(across * 1.2, (py - line - 0.6) * 1.5))
            let seam = smoothStep(0.2, 0.02, abs(py - line))
            return (lip.lit(shine).mixed(Colour(0.22, 0.09, 0.09), 0.8 * seam), max(cover, seam * 0.8))
        }
        canvas.ellipse(at: Self.centre, y + 2.0, half * 0.55, 0.55, traits.skin.lit(0.72), soft: 0.9, cover: 0.5)
    }
}
