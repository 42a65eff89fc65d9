import EnrolmentCore

extension CaptureOutcome {
    /// The sample; what a person could mend ends a verb with its own exit code.
    func sample() throws(FailureReport) -> Sample {
        switch self {
        case .captured(let sample): return sample
        case .retry(let retry):
            let code: FailureCode =
                switch retry {
                case .noCard, .cardRemoved: .input(.noCard)
                case .otherCard: .input(.otherCard)
                case .noInk, .penCleared: .device(.signaturePad, .timedOut)
                case .noFinger, .liftedTooEarly, .pressHarder, .liftFinger, .cleanGlass, .dryFinger, .holdStill,
                    .notAFinger:
                    .device(.scanner, .timedOut)
                }
            throw FailureReport(code, detail: retry.rawValue, kept: .nothingToKeep)
        }
    }
}
