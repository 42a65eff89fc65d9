package import EnrolmentCore

/// An unfinished enrolment as it is saved: enough to go on after a crash at the very step it was in.
package struct EnrolmentDraft: Hashable, Sendable, Codable {
    package internal(set) var record: EnrolmentRecord
    package internal(set) var step: EnrolmentStep
    /// Whether the last sample of the step still waits for the officer to keep it.
    package internal(set) var awaitsReview: Bool
    /// The finger that was last taken, while the fingers are the step.
    package internal(set) var currentFinger: FingerPosition?
    package internal(set) var fingerAttempts: [FingerPosition: Int]
    /// Counts the saves of this enrolment from 1; 0 before the first.
    package internal(set) var revision: Int

    package init(record: EnrolmentRecord) {
        self.record = record
        step = .card
        awaitsReview = false
        fingerAttempts = [:]
        revision = 0
    }
}
