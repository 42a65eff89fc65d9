package import EnrolmentCore
package import OfflineCache

extension OpenKit {
    /// What has been here for longer than it should, drafts first, the oldest first.
    ///
    /// A draft counts as overdue only where an officer has to discard it, because it holds somebody's fingerprints for
    /// longer than the law lets anybody keep them. A delivery holds none and goes on, what cannot be opened may be one,
    /// and a clock that cannot be right takes nobody's visit away: all of those are old, and no more.
    ///
    /// - Parameter now: by the kit's clock.
    package func retentionNotices(at now: Timestamp) async throws(FailureReport) -> [RetentionNotice] {
        try await store.reporting(kept: .packet) { () throws(StoreError) in
            let isPlausible = try await store.clockMark.confidence(in: now) != .implausible
            var notices: [RetentionNotice] = []
            for notice in try await store.retentionNotices() {
                guard case .draftOverdue(let id, let days) = notice else {
                    notices.append(notice)
                    continue
                }
                let isOverdue = isPlausible ? await holdsEnrolment(id) : false
                notices.append(isOverdue ? notice : .draftOld(id, days: days))
            }
            return notices
        }
    }

    private func holdsEnrolment(_ id: CaseID) async -> Bool {
        guard let draft = try? await store.drafts.draft(of: id) else { return false }
        return DraftKind(of: draft.content) == .enrolment
    }
}
