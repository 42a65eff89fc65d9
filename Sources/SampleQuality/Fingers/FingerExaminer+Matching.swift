package import EnrolmentCore

extension FingerExaminer {
    /// Where the picture's ridges end and fork; see `MinutiaFinder`.
    package func template(of image: GrayImage) -> FingerTemplate {
        MinutiaFinder().template(of: image)
    }

    /// How alike two prints are, from 0; see `FingerMatcher`.
    package func similarity(_ first: FingerTemplate, _ second: FingerTemplate) -> Int {
        FingerMatcher().similarity(first, second)
    }
}
