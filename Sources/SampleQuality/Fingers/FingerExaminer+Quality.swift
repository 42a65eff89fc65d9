package import EnrolmentCore

extension FingerExaminer: FingerExamining {
    package func quality(of image: GrayImage) -> FingerQuality {
        FingerQualityMeter().quality(of: image, minutiae: template(of: image).minutiae)
    }

    package func preview(of image: GrayImage) -> FingerQuality {
        FingerQualityMeter().quality(of: image, minutiae: nil)
    }

    package func lean(of image: GrayImage) -> Double? {
        FingerView(image).shape.flatMap { PlacementAdvice.lean($0) }
    }

    package func residue(in image: GrayImage, after earlier: GrayImage) -> Double {
        FingerResidue.likeness(of: image, to: earlier)
    }
}
