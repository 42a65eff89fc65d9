package import EnrolmentCore

/// An unfinished delivery as it is saved: enough to go on after a crash at the very step it was in. No PIN
/// is ever part of it.
package struct DeliveryDraft: Hashable, Sendable, Codable {
    /// What tells a saved delivery from a saved enrolment, which has no such mark.
    package static let kindMark = "delivery"

    package private(set) var kind = kindMark
    package internal(set) var record: DeliveryRecord
    package internal(set) var step: DeliveryStep
    /// Whether the signature for receipt still waits for the officer to keep it.
    package internal(set) var awaitsReview: Bool
    /// Whether a change of the PIN was handed to the card, and no answer came yet.
    package internal(set) var pinChangeRuns: Bool
    /// Whether nobody knows if the last change of the PIN was made.
    package internal(set) var isPINInDoubt: Bool
    /// Who signs for receipt.
    package internal(set) var signer: DeliverySigner
    /// Counts the saves of this delivery from 1; 0 before the first.
    package internal(set) var revision: Int

    package init(record: DeliveryRecord) {
        self.record = record
        step = .card
        awaitsReview = false
        pinChangeRuns = false
        isPINInDoubt = false
        signer = Self.usualSigner(of: record)
        revision = 0
    }

    /// The citizen; for a child the person beside it who represents it, a parent when none is planned.
    private static func usualSigner(of record: DeliveryRecord) -> DeliverySigner {
        guard record.isForChild else { return .citizen }
        return .representative(record.planned.present.first(where: \.representsApplicant)?.role ?? .parent)
    }
}
