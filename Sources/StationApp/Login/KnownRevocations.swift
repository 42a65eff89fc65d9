import CardProof
import EnrolmentCore
import OfflineCache

/// What a kit knows about revocations, to be found by certificate.
struct KnownRevocations: Sendable {
    private let evidence: [StoredEvidence]

    init(_ evidence: [StoredEvidence]) { self.evidence = evidence }

    /// What tells most about a certificate: that it was revoked, else the latest word that it was not, else
    /// anything at all.
    func best(about subject: RevocationSubject, at time: Timestamp) -> RevocationEvidence? {
        let wish = RevocationWish(subject)
        let candidates = evidence.filter { stored in
            switch stored.kind {
            case .ocsp: stored.subject == wish?.content
            case .crl: subject.crlURLs.contains { Array($0.utf8) == stored.subject }
            }
        }.map { RevocationEvidence($0) }
        let answered = candidates.compactMap { evidence in
            (try? subject.answer(in: evidence, at: time)).map { (evidence, $0) }
        }
        return answered.max { weight($0.1) < weight($1.1) }?.0 ?? candidates.first
    }

    private func weight(_ answer: RevocationAnswer) -> Int64 {
        switch answer.status {
        case .revoked: .max
        case .good: answer.thisUpdate.milliseconds
        case .unknown: .min
        }
    }
}
