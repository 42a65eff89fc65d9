package import EnrolmentCore

extension FingerExaminer {
    /// Where the picture's ridges end and fork; see `MinutiaFinder`.
    package func template(of image: GrayImage) -> FingerTemplate {
        MinutiaFinder().template(of: image)
    }
}
