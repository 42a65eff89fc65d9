package import EnrolmentCore

extension FingerExaminer: FingerExamining {
    package func quality(of image: GrayImage) -> FingerQuality {
        FingerQualityMeter().quality(of: image, minutiae: template(of: image).minutiae)
    }

    package func preview(of image: GrayImage) -> FingerQuality {
        FingerQualityMeter().quality(of: image, minutiae: nil)
    }

    package func residue(in image: GrayImage, after earlier: GrayImage) -> Double {
        FingerResidue.likeness(of: image, to: earlier)
    }
}
