/// Touches by chance, by what is wrong with them, and in order of what they are worth.
extension FingerTouch {
    /// As people lay a finger down who are shown where: off the middle by up to 4 mm, turned by up to 25°,
    /// a little too light or hard, too dry or moist. Most are far better than that.
    package static func everyday(_ seed: UInt64) -> FingerTouch {
        var random = EmulationSeed(seed ^ 0x0E7E_87DA)
        // The sum of three even numbers, about on a bell with a third of its range as deviation.
        func bell(_ range: Float) -> Float {
            (0..<3).reduce(0) { sum, _ in sum + Float.random(in: -range...range, using: &random) / 3 }
        }
        return FingerTouch(
            seed: seed, pressure: 1 + bell(0.45), moisture: bell(0.8), rotation: bell(25),
            shift: Shift(right: bell(4), down: bell(4)), coverage: 1 - abs(bell(0.12)), stretch: 1.3 + bell(0.6))
    }

    /// The same touch with one thing wrong.
    ///
    /// - Parameter severity: 0 for nothing to 1 for a picture in which little is left of the finger.
    package func with(_ flaw: FingerFlaw, severity: Float) -> FingerTouch {
        var touch = self
        switch flaw {
        case .light: touch.pressure = 1 - 0.8 * severity
        case .hard: touch.pressure = 1 + severity
        case .wet: touch.moisture = severity
        case .dry: touch.moisture = -severity
        case .noisy: touch.noise = severity
        case .partial: touch.coverage = 1 - 0.6 * severity
        case .sliding: touch.slide = 0.6 * severity
        }
        return touch
    }

    /// An everyday touch with one thing wrong.
    package static func flawed(_ flaw: FingerFlaw, severity: Float, seed: UInt64) -> FingerTouch {
        everyday(seed).with(flaw, severity: severity)
    }

    /// Touch `number` of a series in which pictures of every quality come: each flaw in eight degrees, alone
    /// and then together with two others. It repeats, with other seeds, after 168.
    package static func graded(_ number: UInt64) -> FingerTouch {
        let flaws = FingerFlaw.allCases
        let count = UInt64(flaws.count)
        let severity = Float(number / count % 8) / 7
        let touch = flawed(flaws[Int(number % count)], severity: severity, seed: number)
        // Two or four on, since light and hard, wet and dry exclude each other.
        switch number / (8 * count) % 3 {
        case 1: return touch.with(flaws[Int((number + 4) % count)], severity: severity)
        case 2: return touch.with(flaws[Int((number + 2) % count)], severity: severity)
        default: return touch
        }
    }
}
