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
        let held = try await kit.store.reporting { [store = kit.store] () throws(StoreError) in
            try await store.revocations.held()
        }
        return KitTrust(trust, evidence: KnownRevocations(held))
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

    /// What an officer's certificate is worth where it lets them in.
    ///
    /// One that evidence may have told to be revoked which cannot be read any more is not believed, though nothing else
    /// speaks against it: whoever turns a bit of that evidence gains nothing by it. The answer that the next
    /// synchronisation brings decides.
    package func officerCertificate(_ proof: HolderProof, on reading: CardReading) -> OfficerCertificate {
        let certificate = OfficerCertificate(proof)
        guard certificate.verdict.isProven, mayHideRevocation(of: proof.key, on: reading) else { return certificate }
        return OfficerCertificate(
            nationalNumber: certificate.nationalNumber, validUntil: certificate.validUntil, verdict: .cannotBeChecked)
    }

    /// Whether evidence that is damaged may have told that a certificate of the holder was revoked.
    package func mayHideRevocation(of key: CardHolderKey, on reading: CardReading) -> Bool {
        holders.revocationSubject(of: key, on: reading).map { evidence.mayHideRevocation(of: $0) } ?? false
    }

    /// When the newest certificate of the card's holder was issued, as far as it is proven.
    package func issued(on reading: CardReading) -> Timestamp? { holders.issued(on: reading) }

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
