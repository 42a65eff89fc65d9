import CardProof
import EnrolmentCore
import OfflineCache

/// What a kit knows about revocations, to be found by certificate.
struct KnownRevocations: Sendable {
    private let held: HeldEvidence

    init(_ held: HeldEvidence) { self.held = held }

    /// What tells most about a certificate: that it was revoked, else the latest word that it was not, else
    /// anything at all.
    func best(about subject: RevocationSubject, at time: Timestamp) -> RevocationEvidence? {
        let candidates = candidates(about: subject)
        let answered = candidates.compactMap { evidence in
            (try? subject.answer(in: evidence, at: time)).map { (evidence, $0) }
        }
        return answered.max { weight($0.1) < weight($1.1) }?.0 ?? candidates.first
    }

    /// Whether evidence that cannot be read any more may have told that a certificate was revoked.
    ///
    /// A question has one answer: what cannot even be told by its question is not about a certificate whose answer is
    /// there.
    func mayHideRevocation(of subject: RevocationSubject) -> Bool {
        guard !held.damaged.isEmpty else { return false }
        let wish = RevocationWish(subject)
        return held.damaged.contains { damaged in
            guard let place = damaged.subject else { return candidates(about: subject).isEmpty }
            return place == wish?.content || subject.crlURLs.contains { Array($0.utf8) == place }
        }
    }

    private func candidates(about subject: RevocationSubject) -> [RevocationEvidence] {
        let wish = RevocationWish(subject)
        return held.whole.filter { stored in
            switch stored.kind {
            case .ocsp: stored.subject == wish?.content
            case .crl: subject.crlURLs.contains { Array($0.utf8) == stored.subject }
            }
        }.map { RevocationEvidence($0) }
    }

    private func weight(_ answer: RevocationAnswer) -> Int64 {
        switch answer.status {
        case .revoked: .max
        case .good: answer.thisUpdate.milliseconds
        case .unknown: .min
        }
    }
}
