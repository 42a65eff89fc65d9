package import EnrolmentCore

/// How an image was made, numbered as ISO/IEC 19794-4 does.
///
/// The palms and the last three came with the 2011 edition; 9 was, in 2005, not yet said to be vertical.
package enum PrintImpression: UInt8, CaseIterable, Sendable {
    case liveScanPlain = 0
    case liveScanRolled, nonLiveScanPlain, nonLiveScanRolled
    case latentImpression, latentTracing, latentPhoto, latentLift
    case liveScanSwipe, liveScanVerticalRoll
    case liveScanPalm, nonLiveScanPalm
    case latentPalmImpression, latentPalmTracing, latentPalmPhoto, latentPalmLift
    case contactlessPlain = 24
    case other = 28
    case unknown

    package init(_ impression: ImpressionType) {
        switch impression {
        case .liveScanPlain: self = .liveScanPlain
        case .liveScanRolled: self = .liveScanRolled
        }
    }

    /// Whether the 2005 edition has the number.
    var isIn2005: Bool { rawValue <= 9 }
}
