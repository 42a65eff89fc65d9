import DeviceTransport
import EnrolmentCore

/// Finds out all that is asked about a finger's picture: quality, whose print it is like, and whether it
/// is only what the finger before left on the glass.
///
/// It computes for tens of milliseconds at a time, so the actor has a thread of its own.
actor FingerDesk {
    /// A picture as it came from the scanner.
    struct Picture: Sendable {
        let frame: FingerFrame
        let position: FingerPosition
        let attempt: Int
        let takenAt: Timestamp
        let device: DeviceDescription
    }

    /// Names a print of this enrolment.
    private struct PrintName: Hashable {
        let position: FingerPosition
        let attempt: Int

        init(_ sample: FingerSample) {
            position = sample.position
            attempt = sample.attempt
        }
    }

    private let examiner: any FingerExamining
    private let rules: FingerRules
    private let thread = DeviceThread(name: "fingers")
    /// Of the prints that may still be compared with.
    private var templates: [PrintName: FingerTemplate] = [:]
    /// What last lay on the glass, as far as this enrolment knows.
    private var previous: GrayImage?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ examiner: any FingerExamining, rules: FingerRules) {
        self.examiner = examiner
        self.rules = rules
    }

    /// How the scanner knows a picture that is worth to be taken.
    ///
    /// - Parameter references: the prints that there are, should this be the first picture since a restart.
    func trigger(after references: [FingerSample]) -> FingerTrigger {
        if previous == nil { previous = references.max { $0.capturedAt < $1.capturedAt }?.image }
        return .automatic(atMost: rules.mostFrames) { [examiner, rules, previous] image in
            // A print that was left on the glass looks good, and nothing lies there.
            if Self.isResidue(image, after: previous, examiner, rules) {
                return FrameVerdict(score: 0, isGood: false, hints: [.cleanGlass])
            }
            let quality = examiner.preview(of: image)
            return FrameVerdict(
                score: quality.score, isGood: quality.score >= rules.triggerScore, hints: quality.hints)
        }
    }

    /// - Parameter references: the prints of this enrolment that there are.
    func examine(_ picture: Picture, beside references: [FingerSample]) -> CaptureOutcome<FingerAttempt> {
        let image = picture.frame.image
        // What an officer took by hand is shown in any case: they see the finger on the glass.
        if picture.frame.trigger == .automatic, Self.isResidue(image, after: previous, examiner, rules) {
            return .retry(.cleanGlass)
        }
        previous = image
        // Measured as it was taken: turning it invents what lies between its pixels.
        let quality = examiner.quality(of: image)
        let sample = FingerSample(
            position: picture.position, image: examiner.upright(image), quality: quality.score,
            attempt: picture.attempt,
            capturedAt: picture.takenAt, device: picture.device)
        let template = examiner.template(of: image)
        let comparisons = references.map { reference in
            FingerComparison(
                position: reference.position, attempt: reference.attempt,
                similarity: examiner.similarity(template, self.template(of: reference)))
        }
        let names = Set(references.map(PrintName.init))
        templates = templates.filter { names.contains($0.key) }
        templates[PrintName(sample)] = template
        return .captured(
            FingerAttempt(
                sample: sample, quality: quality, comparisons: comparisons, trigger: picture.frame.trigger))
    }

    private func template(of sample: FingerSample) -> FingerTemplate {
        if let known = templates[PrintName(sample)] { return known }
        let template = examiner.template(of: sample.image)
        templates[PrintName(sample)] = template
        return template
    }

    private static func isResidue(
        _ image: GrayImage, after previous: GrayImage?, _ examiner: any FingerExamining, _ rules: FingerRules
    ) -> Bool {
        previous.map { examiner.residue(in: image, after: $0) >= rules.residueLimit } ?? false
    }
}
