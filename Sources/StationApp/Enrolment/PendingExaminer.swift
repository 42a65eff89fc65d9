package import EnrolmentCore

/// Stands in until SampleQuality's examiner has every measure; it goes then.
package struct PendingExaminer: FingerExamining {
    package init() {}
    package func quality(of image: GrayImage) -> FingerQuality { FingerQuality(score: 100) }
    package func preview(of image: GrayImage) -> FingerQuality { FingerQuality(score: 100) }
    package func template(of image: GrayImage) -> FingerTemplate { FingerTemplate(width: 1, height: 1, minutiae: []) }
    package func similarity(_ first: FingerTemplate, _ second: FingerTemplate) -> Int { 0 }
    package func residue(in image: GrayImage, after earlier: GrayImage) -> Double { 0 }
}
