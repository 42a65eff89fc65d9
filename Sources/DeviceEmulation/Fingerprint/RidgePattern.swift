package import EnrolmentCore

/// The class of a fingerprint, by the singular points of its flow (Henry's classes).
package enum RidgePattern: String, Hashable, Sendable, CaseIterable {
    case arch, tentedArch, leftLoop, rightLoop, whorl, doubleLoop

    /// About as often as in people (Wilson, Candela and Watson, 1994: loops 65.5 %, whorls 27.9 % of which
    /// a sixth are double loops, arches 3.7 %, tented arches 2.9 %).
    ///
    /// Loops open towards the little finger, so most loops of a right hand open to the right in the picture.
    static func random(for hand: FingerPosition.Hand, using random: inout EmulationSeed) -> RidgePattern {
        switch Int.random(in: 0..<1000, using: &random) {
        case 0..<620: hand == .right ? .rightLoop : .leftLoop
        case 620..<655: hand == .right ? .leftLoop : .rightLoop
        case 655..<890: .whorl
        case 890..<934: .doubleLoop
        case 934..<963: .tentedArch
        default: .arch
        }
    }

    /// The pattern that a finger of this seed has.
    package static func random(for hand: FingerPosition.Hand, seed: UInt64) -> RidgePattern {
        var random = EmulationSeed(seed)
        return Self.random(for: hand, using: &random)
    }
}
