package import EnrolmentCore

/// The class of a fingerprint, by the singular points of its flow (Henry's classes).
package enum RidgePattern: String, Hashable, Sendable, CaseIterable {
    case arch, leftLoop, rightLoop, whorl

    /// About as often as in people: loops 65 %, whorls 30 %, arches 5 %.
    static func random(for hand: FingerPosition.Hand, using random: inout EmulationSeed) -> RidgePattern {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<60: hand == .right ? .rightLoop : .leftLoop
        case 60..<65: hand == .right ? .leftLoop : .rightLoop
        case 65..<95: .whorl
        default: .arch
        }
    }

    /// The pattern that a finger of this seed has.
    package static func random(for hand: FingerPosition.Hand, seed: UInt64) -> RidgePattern {
        var random = EmulationSeed(seed)
        return Self.random(for: hand, using: &random)
    }
}
