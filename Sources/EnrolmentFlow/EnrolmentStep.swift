package import EnrolmentCore

/// Where an enrolment stands, in the order in which an officer meets it.
package enum EnrolmentStep: String, CaseIterable, Sendable, Codable {
    case card, person, photo, fingers, signature, choices, review, sealing
    /// Sealed and in the queue.
    case stored
    /// Given up by the officer, with a reason; nothing is sent.
    case stopped

    package var isFinal: Bool { self == .stored || self == .stopped }
}

/// What is going on within a step.
package enum EnrolmentActivity: String, CaseIterable, Sendable {
    /// It is the officer's turn.
    case idle
    /// A device, or the sealer, is at work.
    case working
    /// What was just gathered is being written; it may not be shown as kept before that is done.
    case saving
    /// It could not be written and is only in memory; `begin` tries again.
    case unsaved
    /// A saved sample is shown, to keep or to take again.
    case reviewing
}

/// Why an officer ends an enrolment before it is sealed.
package enum StopReason: String, CaseIterable, Sendable, Codable {
    case citizenRefuses, citizenUnwell, notEligible, otherPerson, plannedInError
    /// What was taken has been here for longer than the law lets anybody keep it.
    case retention
}

/// What the screen says about the last thing that happened.
package enum EnrolmentNotice: Hashable, Sendable {
    /// The person can mend it.
    case retry(CaptureRetry)
    /// The machine failed.
    case failure(FailureReport)
    /// What the officer asked is not possible now.
    case refused(Refusal)
}

/// Why an officer's request is not possible in this state.
package enum Refusal: String, CaseIterable, Sendable {
    case notNow, captureRuns, savingRuns, unsavedSample, enrolmentEnded
    /// The card in the reader is not the planned person's.
    case cardOfOtherPerson
    /// Something on the card is wrong that no honest card shows.
    case cardForged
    case attestTooOld
    /// A print was taken, so fingers are possible.
    case fingersTaken
    /// A finger that is marked will give a print later.
    case fingersOnlyTemporary
    /// The print is not good enough and attempts are left; keeping it takes a reason.
    case qualityTooLow
    /// The print is like another finger's; keeping it takes a reason.
    case likeOtherFinger
    /// The print is good; not to keep it takes a reason.
    case reasonNeeded
    case partsMissing
    case annexNumberMissing
    /// What was taken is older than the law lets anybody keep it: it may only be discarded.
    case retentionOver
}
