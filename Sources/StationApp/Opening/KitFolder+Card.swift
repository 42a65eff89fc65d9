import CardProof
package import EnrolmentCore
package import OfflineCache

extension KitFolder {
    /// Whether officers' cards open this kit; wants neither.
    package func opensByCard() async -> Bool {
        guard safe != nil else { return false }
        return (try? await keyStatus().cardSlot) != nil
    }

    /// Opens the kit by an officer's card, and lets that officer in: one PIN for both.
    ///
    /// A card that opens this kit and whose officer is not let in any more is taken from those that do, at once, and
    /// the kit is closed again.
    ///
    /// - Throws: `store.cardRefused` before a PIN is asked for, where the machine's chip does not know the card;
    ///   why the officer is not let in; what `open(passphrase:)` throws.
    package func open(
        byCard unlock: CardUnlock, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) -> OpenKit {
        let (kit, key) = try await openWithKey(byCard: unlock, clock: clock, probe: probe)
        key.forgetWrapping()
        return kit
    }

    /// The same for what changes whose cards open it; `forgetWrapping` is the caller's to do.
    func openWithKey(
        byCard unlock: CardUnlock, clock: any WallClock, probe: StorageProbe = .none
    ) async throws(FailureReport) -> (kit: OpenKit, key: StoreKey) {
        let keys = keys(clock: clock, probe: probe)
        let (key, opened) = try await key(byCard: unlock, keys)
        let (kit, settled) = try await open(with: key, keys, passphrase: nil, clock: clock, probe: probe)
        return try await admit(opened, to: kit, settled, clock)
    }

    /// Whether a card and its PIN open this kit, for the locked screen of a kit without a list of officers: what is
    /// open stays as it is, and nobody is let in by it.
    ///
    /// - Throws: as `open(byCard:clock:)` until the key is there.
    package func prove(byCard unlock: CardUnlock) async throws(FailureReport) {
        try await key(byCard: unlock, keys(clock: SystemClock())).key.wipe()
    }

    private func key(
        byCard unlock: CardUnlock, _ keys: StoreKeys
    ) async throws(FailureReport) -> (key: StoreKey, opened: CardOpened) {
        // Nobody looks for a card where none can open the kit.
        try await apart(kept: .draft) {
            guard try keys.status().cardSlot != nil else { throw StoreError.cardRefused }
        }
        let (reading, card) = try await unlock.readCard()
        try await apart(kept: .draft) {
            guard try keys.isOpener(card) else { throw StoreError.cardRefused }
        }
        let opening = try await apart(kept: .draft) { try keys.beginOpening() }
        let digest = card.digest(of: opening.message)
        let signed: (signature: CardSignature, state: CardPINState)
        do throws(FailureReport) {
            signed = try await unlock.sign(digest, by: reading.chipNumber)
        } catch {
            // What ends the opening waits for the chip.
            _ = try? await apart(kept: .draft) { withExtendedLifetime(opening) {} }
            throw error
        }
        let key = try await apart(kept: .draft) { try opening.open(with: signed.signature.bytes, of: card) }
        let opened = CardOpened(
            reading: reading, card: card, digest: digest, message: opening.message, signature: signed.signature,
            pin: signed.state)
        return (key, opened)
    }

    private struct CardOpened: Sendable {
        let reading: CardReading
        let card: CardKey
        let digest: CardDigest
        let message: [UInt8]
        let signature: CardSignature
        let pin: CardPINState
    }

    private func admit(
        _ opened: CardOpened, to kit: OpenKit, _ key: StoreKey, _ clock: any WallClock
    ) async throws(FailureReport) -> (kit: OpenKit, key: StoreKey) {
        var isUndecided = false
        do throws(FailureReport) {
            let lists = try KitLists(kit)
            let standing = try await lists.roster(at: clock.now())
            let trust = try await KitTrust.load(kit, lists: lists, testRoots: try StationTrust.emulatedRoots())
            let proof = trust.holderProof(
                of: .authentication, on: opened.reading, at: try await lists.latest(clock.now()))
            let certificate = trust.officerCertificate(proof, on: opened.reading)
            isUndecided = proof.isUsable && !certificate.verdict.isProven
            let isRight = proof.verifies(opened.signature, of: opened.message)
            if let question = trust.question(about: .authentication, of: opened.reading) {
                try await kit.store.reporting { () throws(StoreError) in
                    try await RevocationDesk(kit, clock: clock).ask(question)
                }
            }
            guard OfficerGate(standing) == .login else {
                guard isRight, certificate.verdict.isProven else {
                    let verdict = isUndecided ? certificate.verdict.rawValue : proof.verdict.rawValue
                    throw FailureReport(.login(.cardNotProven), detail: verdict, kept: .draft)
                }
                return (kit, key)
            }
            let session = try OfficerLogin.session(
                by: OpeningProof(
                    reading: opened.reading, certificate: certificate, pin: opened.pin,
                    signature: opened.signature, digest: opened.digest, isRight: isRight),
                on: standing, at: clock.now())
            try await kit.store.reporting { () throws(StoreError) in
                try await kit.store.journal.note(
                    .officerLoggedIn, officer: session.officer.id, reason: session.officer.proof?.rawValue)
            }
            return (kit.opened(by: session), key)
        } catch {
            try? await kit.store.journal.note(.loginRefused, officer: nil, reason: error.code.text)
            // A card that may have been revoked is refused, and stays one of those that open the kit until that is known.
            let staysUndecided = isUndecided && error.code == .login(.cardNotProven)
            if !staysUndecided { await leaveOut(opened.card, after: error, of: kit, key, clock) }
            kit.store.close()
            key.wipe()
            throw error
        }
    }

    /// Takes a card whose officer is not let in for good from those that open the kit. That this fails changes nothing
    /// about the refusal, and it is tried again at the next opening.
    private func leaveOut(
        _ card: CardKey, after report: FailureReport, of kit: OpenKit, _ key: StoreKey, _ clock: any WallClock
    ) async {
        guard [.login(.notOnRoster), .login(.cardNotProven)].contains(report.code) else { return }
        let keys = keys(clock: clock)
        guard let branch = try? await apart(kept: .draft, { try keys.branch(of: card) }),
            let openers = try? keys.openers(of: key)
        else { return }
        _ = try? await keys.setOpeners(openers.filter { $0.branch != branch }, of: key, in: kit.store)
    }
}
