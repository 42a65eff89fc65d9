package import CardProof
package import EnrolmentCore
import OfflineCache
import PacketFormat

/// What a kit believes of cards: its list of roots, and what it knows about revocations.
///
/// A value of the moment when it was loaded; lists and answers come with synchronisations. Roots of tests
/// are taken on kits for training only.
package struct KitTrust: CardProving {
    private let cards: CardProver
    private let holders: HolderProver
    private let evidence: KnownRevocations

    /// The newer of the program's own list and the one that central sent, with what is kept of revocations.
    ///
    /// - Parameter testRoots: of the emulated cards; they count in training only.
    /// - Throws: `input.missingConfiguration` when the program's own list is wrong; `FailureReport` of the
    ///   store.
    package static func load(
        _ kit: OpenKit, lists: KitLists, testRoots: [TrustRoot] = []
    ) async throws(FailureReport) -> KitTrust {
        let list = try Self.newest(await lists.cardRoots())
        let isTraining = kit.kit.isTraining
        let trust = CardTrust(list, acceptsTestRoots: isTraining, extraTestRoots: isTraining ? testRoots : [])
        let stored = try await kit.store.reporting { [store = kit.store] () throws(StoreError) in
            try await store.revocations.evidence()
        }
        return KitTrust(trust, evidence: KnownRevocations(stored))
    }

    init(_ trust: CardTrust, evidence: KnownRevocations) {
        cards = CardProver(trust)
        holders = HolderProver(trust)
        self.evidence = evidence
    }

    /// Of the list of roots in use.
    package var listVersion: Int { cards.trust.list.version }

    package func proof(of reading: CardReading, at time: Timestamp) -> CardProof {
        let known = cards.revocationSubject(of: reading).flatMap { evidence.best(about: $0, at: time) }
        return cards.proof(of: reading, at: time, revocation: known)
    }

    package func holderProof(
        of signature: CardSignature, over digest: CardDigest, by key: CardHolderKey, of reading: CardReading,
        at time: Timestamp
    ) -> HolderVerdict {
        let proof = holderProof(of: key, on: reading, at: time)
        guard !proof.certificate.isEmpty else { return .cannotBeChecked }
        return proof.verifies(signature, over: digest) ? HolderVerdict(proof) : .wrong
    }

    /// What one of the holder's certificates is worth.
    package func holderProof(of key: CardHolderKey, on reading: CardReading, at time: Timestamp) -> HolderProof {
        let known = holders.revocationSubject(of: key, on: reading).flatMap { evidence.best(about: $0, at: time) }
        return holders.proof(of: key, on: reading, at: time, revocation: known)
    }

    /// What to ask about the National Register's signer of a card; nil when nobody known stands above it.
    package func question(about reading: CardReading) -> RevocationWish? {
        cards.revocationSubject(of: reading).flatMap { RevocationWish($0) }
    }

    /// What to ask about a certificate of the holder.
    package func question(about key: CardHolderKey, of reading: CardReading) -> RevocationWish? {
        holders.revocationSubject(of: key, on: reading).flatMap { RevocationWish($0) }
    }

    /// A list from central that cannot be read, or is no newer, leaves the program's own in use.
    private static func newest(_ sent: SignedList?) throws(FailureReport) -> TrustList {
        let own: TrustList
        do throws(TrustListError) {
            own = try .builtIn()
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "card-roots.json", kept: .draft)
        }
        guard let sent, let list = try? TrustList(json: sent.payload), let newer = try? list.replacing(own) else {
            return own
        }
        return newer
    }
}

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

extension HolderVerdict {
    /// What a chain is worth, in the words of what a signature is worth.
    init(_ proof: HolderProof) {
        self =
            switch proof.verdict {
            case .authentic: .proven
            case .revocationNotChecked: .revocationNotChecked
            case .chainExpired: .expired
            case .forged: .wrong
            case .cannotBeChecked: proof.outcome(of: .revocation) == .wrong ? .revoked : .cannotBeChecked
            }
    }
}

extension OfficerCertificate {
    init(_ proof: HolderProof) {
        self.init(
            nationalNumber: proof.nationalNumber, validUntil: proof.validUntil, verdict: HolderVerdict(proof))
    }
}
