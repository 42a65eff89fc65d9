import CardProof
package import EnrolmentCore
import Foundation
package import OfflineCache
package import SyncClient
package import SyncProtocol

/// What a kit wants to know about revocations: asked in the field, answered at the next synchronisation.
package struct RevocationDesk: RevocationQuestions {
    private let store: Store
    private let clock: any WallClock

    package init(_ kit: OpenKit, clock: any WallClock) {
        store = kit.store
        self.clock = clock
    }

    /// Notes a question for the next synchronisation; one that waits already is not asked twice.
    package func ask(_ question: RevocationWish) async throws(StoreError) {
        try await store.revocations.ask(question.content)
    }

    /// The same about the officer's certificate on a card that is refused because what the kit was told of its
    /// revocation cannot be read any more: nobody is let in by it before that is answered anew.
    func askAnew(about reading: CardReading, by trust: KitTrust) async throws(StoreError) {
        guard trust.mayHideRevocation(of: .authentication, on: reading),
            let question = trust.question(about: .authentication, of: reading)
        else { return }
        try await ask(question)
    }

    /// By OCSP where the certificate says how, else for the list that it names. What cannot be asked at all
    /// comes off the list.
    package func pending() async throws(StoreError) -> [PendingRevocation] {
        var pending: [PendingRevocation] = []
        for waiting in try await store.revocations.waiting() {
            guard let question = RevocationWish.subject(waiting.content).flatMap(Self.question) else {
                try await store.revocations.drop(waiting.id)
                continue
            }
            // One list answers for all of its authority's certificates.
            guard !pending.contains(where: { $0.question == question }) else { continue }
            pending.append(PendingRevocation(id: String(waiting.id), question: question))
        }
        return pending
    }

    /// Keeps an answer that its authority signed, and takes every question that it answers off the list; of
    /// another it takes no notice.
    package func answer(_ id: String, with der: [UInt8]) async throws(StoreError) {
        let waiting = try await store.revocations.waiting()
        guard let asked = waiting.first(where: { String($0.id) == id }),
            let subject = RevocationWish.subject(asked.content),
            let question = Self.question(subject)
        else { return }
        let evidence = RevocationEvidence(question.kind == .ocsp ? .ocsp : .crl, der)
        let time = try await store.clockMark.latest(clock.now())
        guard let said = try? subject.answer(in: evidence, at: time) else { return }
        let place = question.kind == .ocsp ? asked.content : Array(question.url.utf8)
        // An answer of before, sent once more, must not take the place of what is known since.
        let known = try await store.revocations.evidence().filter { $0.subject == place }
            .compactMap { try? subject.answer(in: RevocationEvidence($0), at: time) }
        guard known.allSatisfy({ $0.thisUpdate <= said.thisUpdate }) else { return }
        try await store.revocations.keep(der, question.kind == .ocsp ? .ocsp : .crl, about: place)
        for other in waiting {
            guard let subject = RevocationWish.subject(other.content),
                let answer = try? subject.answer(in: evidence, at: time)
            else { continue }
            try await store.revocations.drop(other.id)
            if answer.status == .revoked {
                try await store.journal.note(.certificateRevoked, officer: nil, reason: evidence.kind.rawValue)
            }
        }
    }

    /// What central will never ask comes off the list; the rest waits for the next synchronisation.
    package func leaveUnanswered(_ id: String, because code: RefusalCode?) async throws(StoreError) {
        guard let number = Int(id), code == .invalidQuestion || code == .responderNotAllowed else { return }
        try await store.revocations.drop(number)
    }

    /// Destroys answers about persons that are of no more use: those that are too old to count, and those of
    /// certificates that have run out. That one was revoked is of use until then, and so is what may have told of it.
    package func tidy() async throws(StoreError) {
        let time = try await store.clockMark.latest(clock.now())
        let held = try await store.revocations.held()
        var useless = held.whole.filter { stored in
            guard stored.kind == .ocsp else { return false }
            guard let subject = RevocationWish.subject(stored.subject), subject.validUntil >= time,
                let answer = try? subject.answer(in: RevocationEvidence(stored), at: time)
            else { return true }
            return answer.status != .revoked && !answer.isFresh(at: time)
        }.map(\.id)
        useless += held.damaged.filter { damaged in
            guard let subject = damaged.subject.flatMap({ RevocationWish.subject($0) }) else { return false }
            return subject.validUntil < time
        }.map(\.id)
        if !useless.isEmpty { try await store.revocations.forget(useless) }
    }

    private static func question(_ subject: RevocationSubject) -> SyncProtocol.RevocationQuestion? {
        if let url = subject.ocspURLs.first {
            return RevocationQuestion(kind: .ocsp, url: url, request: subject.ocspRequest())
        }
        return subject.crlURLs.first.map { RevocationQuestion(kind: .crl, url: $0) }
    }
}
