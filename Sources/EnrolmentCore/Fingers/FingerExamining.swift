/// Looks at finger pictures: how good is it, is it the same finger, is it only what an earlier finger left.
///
/// Every picture is at 500 pixels an inch, dark ridges on white. All of it computes and keeps nothing.
package protocol FingerExamining: Sendable {
    /// The whole measure, with every part.
    func quality(of image: GrayImage) -> FingerQuality

    /// A quick measure for pictures that come 30 times a second: its score may be coarse, its hints are whole.
    func preview(of image: GrayImage) -> FingerQuality

    /// How far the finger leans to the right at its tip, in degrees, negative to the left; nil when it lies
    /// straight enough, or too little of it is to be seen to say.
    func lean(of image: GrayImage) -> Double?

    func template(of image: GrayImage) -> FingerTemplate

    /// How alike two prints are, from 0, on a scale of its own; see `FingerRules` for the threshold.
    func similarity(_ first: FingerTemplate, _ second: FingerTemplate) -> Int

    /// How much a picture is the one before it in the same place, 0 to 1: a print that was left on the
    /// glass gives nearly 1, the same finger laid down again does not.
    func residue(in image: GrayImage, after earlier: GrayImage) -> Double
}

extension FingerExamining {
    /// The picture with a finger that lies aslant set upright, white where it has nothing: up to 45 degrees,
    /// on the picture as it was taken, as BSI TR-03121 (BIP-FP-APP) asks. Beyond that it stays as it is; such a
    /// finger is taken again.
    package func upright(_ image: GrayImage) -> GrayImage {
        guard let lean = lean(of: image), abs(lean) <= 45 else { return image }
        return image.rotated(byDegrees: lean)
    }
}
