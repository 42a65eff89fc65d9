/// Looks at finger pictures: how good is it, is it the same finger, is it only what an earlier finger left.
///
/// Every picture is at 500 pixels an inch, dark ridges on white. All of it computes and keeps nothing.
package protocol FingerExamining: Sendable {
    /// The whole measure, with every part.
    func quality(of image: GrayImage) -> FingerQuality

    /// A quick measure for pictures that come 30 times a second: its score may be coarse, its hints are whole.
    func preview(of image: GrayImage) -> FingerQuality

    func template(of image: GrayImage) -> FingerTemplate

    /// How alike two prints are, from 0, on a scale of its own; see `FingerRules` for the threshold.
    func similarity(_ first: FingerTemplate, _ second: FingerTemplate) -> Int

    /// How much a picture is the one before it in the same place, 0 to 1: a print that was left on the
    /// glass gives nearly 1, the same finger laid down again does not.
    func residue(in image: GrayImage, after earlier: GrayImage) -> Double
}
