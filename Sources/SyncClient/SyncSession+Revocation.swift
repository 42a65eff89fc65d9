import OfflineCache
import SyncProtocol

extension SyncSession {
    /// Has central ask the authorities' servers what the kit wants to know about its cards' certificates.
    ///
    /// Central names each server that does not answer, and the next question may fare better; when central
    /// itself does not answer, the rest stays for the next sync.
    func askRevocations() async {
        guard let revocations, let pending = try? await revocations.pending() else { return }
        for question in pending {
            guard !Task.isCancelled else { return noteCancelled() }
            do throws(StoreError) {
                guard try await ask(question, for: revocations) else { return }
            } catch {
                return
            }
        }
    }

    /// - Returns: False when central does not answer.
    private func ask(
        _ pending: PendingRevocation, for revocations: any RevocationQuestions
    ) async throws(StoreError) -> Bool {
        guard let body = try? pending.question.encoded() else { return true }
        noteRevocation(answered: false)
        let request = SyncRequest(
            .post, SyncRoute.revocation.path, headers: [SyncHeader.contentType: SyncMediaType.json], body: body,
            largestAnswer: pending.question.kind.largestAnswer)
        guard let answer = try? await exchange.exchange(request) else {
            try await revocations.leaveUnanswered(pending.id, because: nil)
            return false
        }
        switch AnswerReading(answer, expecting: [200]) {
        case .done:
            try await revocations.answer(pending.id, with: answer.body)
            noteRevocation(answered: true)
            return true
        case .refused(let code):
            try await revocations.leaveUnanswered(pending.id, because: code)
            return true
        case .unavailable, .notCentral:
            try await revocations.leaveUnanswered(pending.id, because: nil)
            return false
        }
    }
}
