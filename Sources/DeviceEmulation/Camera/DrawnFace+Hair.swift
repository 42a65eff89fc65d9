import Glibc

extension DrawnFace {
    /// Hair that falls behind the neck to the shoulders.
    mutating func drawLongHair() {
        let (colour, reach) = (traits.hairColour, traits.halfWidth + 2.6)
        canvas.paint(0, 3, 35, 43) { x, y in
            let off = abs(x - Self.centre)
            let top = 14 * (1 - powf(max(0, (18 - y) / 14.6), 2))
            let half = y < 18 ? reach * max(0, top / 14).squareRoot() : reach + 0.6 * sinf((y - 18) * 0.14)
            guard half > 0.3 else { return (colour, 0) }
            let end = 40.5 - off * 0.12
            return (
                Self.strand(colour, x, y),
                smoothStep(half + 0.25, half - 0.25, off) * smoothStep(end + 1.2, end - 0.6, y)
            )
        }
    }

    /// Hair on the skull: all that lies above the hairline.
    mutating func drawHair() {
        let face = self
        let (colour, style) = (traits.hairColour, traits.hair)
        let volume: Float = style == .receding ? 0.25 : 0.95
        let bottom: Float = style == .long ? 33 : 22
        canvas.paint(3, 2.6, 32, bottom) { x, y in
            let off = abs(x - Self.centre)
            let outline = face.halfWidth(at: y) + volume
            let dome = hypotf(off / (face.traits.halfWidth + volume), (y - 19.5) / (19.5 - Self.crown + volume * 0.6))
            let inside = y < 19.5 ? smoothStep(1.012, 0.985, dome) : smoothStep(outline + 0.2, outline - 0.2, off)
            return (Self.strand(colour, x, y), inside * Self.isHair(style, x: x, y: y, half: face.traits.halfWidth))
        }
    }

    /// How much of a place on the skull is hair and not forehead or cheek.
    private static func isHair(_ style: FaceTraits.Hair, x: Float, y: Float, half: Float) -> Float {
        let off = abs(x - centre)
        let ragged = 0.22 * sinf(x * 6.1) + 0.14 * sinf(x * 13.7 + 1)
        switch style {
        case .short:
            let parted = (x - centre + 4) / 10
            let line = 11.6 + ragged - 2.0 * smoothStep(0, 1, parted) + powf(off / half, 6) * 9.5
            return smoothStep(line + 0.5, line - 0.3, y)
        case .long:
            // Parted in the middle, then falling along both cheeks.
            let line = 7.6 + ragged * 0.6 + 5.2 * powf(off / half, 1.4) + powf(off / half, 9) * 26
            return smoothStep(line + 0.5, line - 0.3, y)
        case .receding:
            let temple = 17.6 - powf(max(0, 1 - off / half), 0.55) * 17
            return smoothStep(temple - 0.8, temple + 0.6, y) * smoothStep(half * 0.72, half * 0.9, off)
                * smoothStep(22, 20.5, y) * 0.95
        }
    }

    /// Hair is streaks of light and dark along its fall.
    private static func strand(_ colour: Colour, _ x: Float, _ y: Float) -> Colour {
        let angle = atan2f(x - centre, max(13, 36 - y) * 0.62)
        let streak = 0.1 * sinf(angle * 70 + sinf(y * 0.7) * 2) + 0.07 * sinf(angle * 161 + y * 0.4)
        let gloss = 0.4 * smoothStep(4.2, 0, abs(hypotf((x - centre + 3) * 0.7, y - 20) - 12.5))
        return colour.lit(0.82 + streak + gloss)
    }
}
