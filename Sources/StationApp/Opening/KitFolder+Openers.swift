import CardProof
package import EnrolmentCore
package import OfflineCache

/// Whose cards open a kit.
extension KitFolder {
    /// Takes from the cards that open the kit those of officers who do not stand on its list any more, and those that
    /// have run out or are known to be revoked: at each opening, so also at the first one after a list has changed.
    ///
    /// A list that has run out or cannot be read takes nobody away: nobody logs in by it either. Nor does evidence of
    /// revocations that is damaged: a card about which it may have told is refused when it has opened the kit.
    func tidyOpeners(
        of kit: OpenKit, _ key: StoreKey, _ keys: StoreKeys, _ clock: any WallClock
    ) async throws(FailureReport) -> StoreKey {
        let openers = try kit.store.reportingNow { () throws(StoreError) in try keys.openers(of: key) }
        guard !openers.isEmpty else { return key }
        let lists = try KitLists(kit)
        try await lists.adopt()
        let standing = try await lists.roster(at: clock.now())
        let time = try await lists.latest(clock.now())
        let evidence = try await kit.store.reporting { () throws(StoreError) in
            try await kit.store.revocations.evidence()
        }
        let revoked = Self.revoked(evidence, at: time)
        // A list came for whoever's certificate was asked about; it names the absent as well.
        let listed = evidence.filter { $0.kind == .crl }.map { RevocationEvidence($0) }
        let staying = openers.filter { opener in
            if case .valid(let roster) = standing, !roster.officers.contains(where: { $0.id == opener.officer }) {
                return false
            }
            return opener.validUntil >= time && !revoked.contains(opener.question)
        }
        let named = staying.filter { opener in listed.contains { $0.revokes(opener.listedName) } }
        guard staying.count - named.count < openers.count else { return key }
        return try await kit.store.reporting { () throws(StoreError) in
            // Of an answer about one certificate the journal has told when it came.
            for opener in named {
                try await kit.store.journal.note(
                    .certificateRevoked, officer: opener.officer, reason: StoredEvidence.Kind.crl.rawValue)
            }
            return try await keys.setOpeners(staying.filter { !named.contains($0) }, of: key, in: kit.store)
        }
    }

    /// Of which questions it is known that the answer is "revoked".
    private static func revoked(_ stored: [StoredEvidence], at time: Timestamp) -> Set<[UInt8]> {
        Set(
            stored.filter { evidence in
                guard evidence.kind == .ocsp, let subject = RevocationWish.subject(evidence.subject) else {
                    return false
                }
                return (try? subject.answer(in: RevocationEvidence(evidence), at: time))?.status == .revoked
            }.map { CardOpener.digest(ofQuestion: $0.subject) })
    }

    /// Whose cards open the kit.
    package func openers(_ way: OpeningWay, clock: any WallClock) async throws(FailureReport) -> [CardOpener] {
        let (kit, key) = try await openWithKey(way, clock: clock)
        defer { close(kit, key) }
        return try kit.store.reportingNow { () throws(StoreError) in try keys(clock: clock).openers(of: key) }
    }

    /// Has the card in the reader open the kit from now on: proven up to a known root as at a login, its officer on
    /// the kit's list where there is one, and its PIN shown to be right. An officer has one card: another one of the
    /// same officer takes the first one's place.
    ///
    /// - Parameters:
    ///   - claimed: the officer's staff number, on a kit without a list.
    ///   - cards: reads the card, and asks for its PIN.
    /// - Throws: `login.notOnRoster`, `login.rosterExpired`, `login.cardNotProven`, and what concerns the PIN;
    ///   `store.machineChanged` where the key is not under a machine lock; `store.cardUnknownToChip`.
    package func addOpener(
        _ way: OpeningWay, card: CardUnlock, claiming claimed: OfficerID?, clock: any WallClock
    ) async throws(FailureReport) -> [CardOpener] {
        let (kit, key) = try await openWithKey(way, clock: clock)
        defer { close(kit, key) }
        guard try await keyStatus().lock == .machine else {
            throw FailureReport(
                .input(.notPossible), detail: "the key is under a passphrase: key move --to machine",
                kept: .draft)
        }
        let new = try await proven(card, on: kit, claimed, clock)
        let keys = keys(clock: clock)
        let openers = try kit.store.reportingNow { () throws(StoreError) in try keys.openers(of: key) }
        let staying = openers.filter { $0.officer != new.officer && $0.branch != new.branch }
        guard staying.count < 8 else {
            throw FailureReport(
                .input(.notPossible), detail: "eight cards open this kit already: key cards remove",
                kept: .draft)
        }
        return try await set(staying + [new], of: kit, key, keys)
    }

    /// Has the card of an officer open the kit no more, nor any older copy of it.
    ///
    /// - Throws: `login.notOnRoster` where no card of theirs opens it.
    package func removeOpener(
        _ way: OpeningWay, officer: OfficerID, clock: any WallClock
    ) async throws(FailureReport) -> [CardOpener] {
        let (kit, key) = try await openWithKey(way, clock: clock)
        defer { close(kit, key) }
        let keys = keys(clock: clock)
        let openers = try kit.store.reportingNow { () throws(StoreError) in try keys.openers(of: key) }
        let staying = openers.filter { $0.officer != officer }
        guard staying.count < openers.count else {
            throw FailureReport(.login(.notOnRoster), detail: "no card of theirs opens this kit", kept: .draft)
        }
        return try await set(staying, of: kit, key, keys)
    }

    func openWithKey(
        _ way: OpeningWay, clock: any WallClock
    ) async throws(FailureReport) -> (kit: OpenKit, key: StoreKey) {
        switch way {
        case .passphrase(let passphrase): try await openWithKey(passphrase: passphrase, clock: clock)
        case .card(let unlock): try await openWithKey(byCard: unlock, clock: clock)
        }
    }

    private func set(
        _ openers: [CardOpener], of kit: OpenKit, _ key: StoreKey, _ keys: StoreKeys
    ) async throws(FailureReport) -> [CardOpener] {
        try await kit.store.reporting { () throws(StoreError) in
            try await keys.setOpeners(openers, of: key, in: kit.store).forgetWrapping()
        }
        return openers
    }

    func close(_ kit: OpenKit, _ key: StoreKey) {
        key.wipe()
        kit.store.close()
    }

    private func proven(
        _ card: CardUnlock, on kit: OpenKit, _ claimed: OfficerID?, _ clock: any WallClock
    ) async throws(FailureReport) -> CardOpener {
        let lists = try KitLists(kit)
        try await lists.adopt()
        let trust = try await KitTrust.load(kit, lists: lists, testRoots: try StationTrust.emulatedRoots())
        let (reading, publicKey) = try await card.readCard()
        let time = try await lists.latest(clock.now())
        let proof = trust.holderProof(of: .authentication, on: reading, at: time)
        let certificate = trust.officerCertificate(proof, on: reading)
        try await kit.store.reporting { () throws(StoreError) in
            try await RevocationDesk(kit, clock: clock).askAnew(about: reading, by: trust)
        }
        let keys = keys(clock: clock)
        // Before the PIN is asked for: a chip that cannot check the card makes it of no use.
        let branch = try await apart(kept: .draft) { try keys.branch(of: publicKey) }
        var generator = SystemRandomNumberGenerator()
        let challenge = LoginChallenge(kit: kit.kit.id, at: clock.now(), using: &generator)
        let digest = proof.digest(of: challenge.message)
        let signed = try await card.sign(digest, by: reading.chipNumber)
        let shown = OpeningProof(
            reading: reading, certificate: certificate, pin: signed.state, signature: signed.signature,
            digest: digest, isRight: proof.verifies(signed.signature, of: challenge.message))
        let officer = try Self.officer(
            shown, on: try await lists.roster(at: clock.now()), claimed, time)
        let question = trust.question(about: .authentication, of: reading)
        return CardOpener(
            officer: officer, branch: branch, validUntil: proof.validUntil ?? time,
            question: question.map { CardOpener.digest(ofQuestion: $0.content) } ?? [],
            listedName: question?.listedName ?? [], addedAt: clock.now())
    }

    private static func officer(
        _ shown: OpeningProof, on standing: RosterStanding, _ claimed: OfficerID?, _ time: Timestamp
    ) throws(FailureReport) -> OfficerID {
        if OfficerGate(standing) == .login {
            return try OfficerLogin.session(by: shown, on: standing, at: time).officer.id
        }
        guard shown.isRight, shown.certificate.verdict.isProven else {
            throw FailureReport(
                .login(.cardNotProven), detail: shown.certificate.verdict.rawValue, kept: .draft)
        }
        guard let claimed, !claimed.text.isEmpty, claimed.text.utf8.count <= 64 else {
            throw FailureReport(.input(.notPossible), detail: "whose card: --officer", kept: .draft)
        }
        return claimed
    }
}

/// One of the two ways to open a kit.
package enum OpeningWay: Sendable {
    /// Lent.
    case passphrase(SecretBytes)
    case card(CardUnlock)
}
