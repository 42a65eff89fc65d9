package import EnrolmentCore

/// An unfinished enrolment as it is saved: enough to go on after a crash at the very step it was in.
package struct EnrolmentDraft: Hashable, Sendable, Codable {
    package internal(set) var record: EnrolmentRecord
    package internal(set) var step: EnrolmentStep
    /// Whether the last sample of the step still waits for the officer to keep it.
    package internal(set) var awaitsReview: Bool
    /// The fingers that were begun and are not settled; the last is the one that is asked for, the others
    /// wait until it is. None between two fingers.
    package internal(set) var fingerTasks: [FingerTask]
    /// Prints that are not good enough, until it is known whether another finger of the hand is better.
    package internal(set) var heldFingers: [FingerSample]
    /// Counts the saves of this enrolment from 1; 0 before the first.
    package internal(set) var revision: Int

    package init(record: EnrolmentRecord) {
        self.record = record
        step = .card
        awaitsReview = false
        fingerTasks = []
        heldFingers = []
        revision = 0
    }

    /// Every finger picture that the draft holds: kept, held back, or of an attempt that may still be kept.
    package var fingerSamples: [FingerSample] { record.fingers + heldFingers + fingerTasks.flatMap(\.samples) }
}
