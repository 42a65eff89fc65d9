package import EnrolmentCore
package import EnrolmentFlow
import Foundation
import OfflineCacheSchema
import PacketFormat

/// Deliveries are kept as enrolments are, in the same place and sealed in the same way.
extension StoredCases: DeliveryStoring {
    /// What the saved draft of a case is the beginning of, nil when there is none.
    package func kindOfDraft(of id: CaseID) async throws(FailureReport) -> DraftKind? {
        guard let content = try await content(of: id) else { return nil }
        guard let kind = DraftKind(of: content) else {
            throw FailureReport(.store(.unreadable), detail: "draft of case \(id)", kept: .draft)
        }
        return kind
    }

    /// The saved draft of a delivery, nil when there is none.
    ///
    /// - Throws: `store.unreadable`, also when the draft is an enrolment's.
    package func delivery(of id: CaseID) async throws(FailureReport) -> DeliveryDraft? {
        guard let content = try await content(of: id) else { return nil }
        guard DraftKind(of: content) == .delivery,
            let draft = try? JSONDecoder().decode(DeliveryDraft.self, from: Data(content))
        else { throw FailureReport(.store(.unreadable), detail: "draft of case \(id)", kept: .draft) }
        return draft
    }

    package func save(_ draft: DeliveryDraft) async throws(FailureReport) {
        try await save(draft, of: draft.record.planned.id, in: draft.record.visitID)
    }

    package func seal(_ draft: DeliveryDraft) async throws(FailureReport) -> PacketID {
        let record = draft.record
        // A card that was not handed over is told to central before others.
        return try await seal(record.planned.id, isUrgent: record.stopped != nil) { sealer, place in
            try sealer.seal(DeliveryContent(record, at: place), of: record.kit, at: place)
        }
    }

    package func discard(
        _ id: CaseID, because reason: DeliveryStopReason, by officer: Officer
    ) async throws(FailureReport) {
        try await discard(id, code: reason.journalCode, by: officer)
    }
}

extension DeliveryStopReason {
    /// The code of `reference/discard-reasons.csv`.
    var journalCode: String {
        switch self {
        case .citizenRefuses: "citizen-withdrew"
        case .citizenUnwell: "citizen-unwell"
        case .otherPerson: "wrong-person"
        case .otherCard: "wrong-card"
        case .cardForged: "card-forged"
        case .cardNotActivated: "card-not-activated"
        case .cardDefective: "card-defective"
        case .waitedTooLong: "card-waited-too-long"
        case .documentWithheld: "old-card-withheld"
        case .plannedInError: "started-by-mistake"
        }
    }
}
