/// What can be wrong with a touch.
package enum FingerFlaw: String, Hashable, Sendable, CaseIterable {
    case light, hard, wet, dry, noisy, partial, sliding
}

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
            seed: seed, pressure: 1 + bell(0.35), moisture: bell(0.6), rotation: bell(25),
            shift: Shift(right: bell(4), down: bell(4)), coverage: 1 - abs(bell(0.2)), stretch: 1 + bell(0.5))
    }

    /// An everyday touch with one thing wrong.
    ///
    /// - Parameter severity: 0 for nothing to 1 for a picture in which little is left of the finger.
    package static func flawed(_ flaw: FingerFlaw, severity: Float, seed: UInt64) -> FingerTouch {
        var touch = everyday(seed)
        let severity = min(1, max(0, severity))
        switch flaw {
        case .light: touch.pressure = 1 - 0.8 * severity
        case .hard: touch.pressure = 1 + severity
        case .wet: touch.moisture = severity
        case .dry: touch.moisture = -severity
        case .noisy: touch.noise = severity
        case .partial: touch.coverage = 1 - 0.85 * severity
        case .sliding: touch.slide = 2 * severity
        }
        return touch
    }
}
