package import EnrolmentCore

/// Which part of a hand an image shows, numbered as ISO/IEC 19794-4 does.
///
/// Wider than `FingerPosition`: a record of another system may hold slaps and palms, which this kit
/// never takes but must be able to hand on. The pairs and triples, from 40, came with the 2011 edition.
package enum PrintPosition: UInt8, CaseIterable, Sendable {
    case unknown = 0
    case rightThumb, rightIndex, rightMiddle, rightRing, rightLittle
    case leftThumb, leftIndex, leftMiddle, leftRing, leftLittle
    case rightFourFingers = 13
    case leftFourFingers, bothThumbs
    case unknownPalm = 20
    case rightFullPalm, rightWritersPalm, leftFullPalm, leftWritersPalm
    case rightLowerPalm, rightUpperPalm, leftLowerPalm, leftUpperPalm
    case rightOther, leftOther
    case rightInterdigital, rightThenar, rightHypothenar, leftInterdigital, leftThenar, leftHypothenar
    case rightIndexAndMiddle = 40
    case rightMiddleAndRing, rightRingAndLittle
    case leftIndexAndMiddle, leftMiddleAndRing, leftRingAndLittle
    case bothIndexFingers
    case rightIndexToRing, rightMiddleToLittle, leftIndexToRing, leftMiddleToLittle

    package init(_ finger: FingerPosition) {
        // The ten fingers bear the same numbers in both lists.
        self = Self(rawValue: UInt8(clamping: finger.rawValue)) ?? .unknown
    }

    /// The finger, unless this is none, more than one, or not known.
    package var finger: FingerPosition? { FingerPosition(rawValue: Int(rawValue)) }

    /// Whether the 2005 edition has the number.
    var isIn2005: Bool { rawValue < 40 }
}
