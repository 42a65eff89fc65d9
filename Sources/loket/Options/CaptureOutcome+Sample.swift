import EnrolmentCore

extension CaptureOutcome {
    /// The sample; what a person could mend ends a verb with its own exit code.
    func sample() throws(FailureReport) -> Sample {
        switch self {
        case .captured(let sample): return sample
        case .retry(let retry):
            throw FailureReport(.person(retry), kept: .nothingToKeep)
        }
    }
}
