import CardProof
import DeviceDrivers
package import EnrolmentCore
import OfflineCache
package import StationUI

/// Lets officers in, with their card or a passphrase: performs what `OfficerLogin` asks of the card and the
/// store, and tells each step. One for the whole time that a station runs.
///
/// When another officer logs in on a locked screen, the first one's session ends there, and the journal says
/// so: nobody goes on in another's name. What they had captured is in its draft.
package actor LoginDesk {
    package enum Update: Sendable {
        case news(LoginNews)
        /// Before `LoginNews.done`.
        /// - Parameter replacing: the officer whose session ended by this, when it was another.
        case admitted(LoginSession, replacing: OfficerID?)
    }

    /// Whose card it is and what proves it; an officer's face and address are nobody's business here.
    private static let plan = CardReadingPlan([.authenticationCertificate, .caCertificate, .rootCertificate])

    /// Every step in order; ends when the desk is closed.
    package nonisolated let updates: AsyncStream<Update>
    /// Who is logged in.
    package private(set) var session: LoginSession?

    /// Whose card is in the reader, by the list; nil when no login waits for its PIN.
    package var candidate: OfficerID? { login.officer }

    let means: Means
    let lists: KitLists
    private let continuation: AsyncStream<Update>.Continuation
    private var login = OfficerLogin()
    /// Counts the logins: what an earlier one had still to say is nobody's news.
    private(set) var round = 0
    private var trust: KitTrust?
    private var proof: HolderProof?
    private var challenge: LoginChallenge?
    /// What the officer types into; wiped at the latest when the login ends.
    private var entry: SecretBytes?
    /// What runs, one after the other.
    private var work: Task<Void, Never>?

    /// - Throws: `input.missingConfiguration` when the kit's own keys cannot be used.
    package init(_ means: Means) throws(FailureReport) {
        self.means = means
        lists = try KitLists(means.kit)
        (updates, continuation) = AsyncStream.makeStream()
    }

    /// Lets an officer go on whose card has opened the kit: who is in need not show who they are again, and the screens
    /// begin open.
    package func resume(_ session: LoginSession) {
        self.session = session
        continuation.yield(.admitted(session, replacing: nil))
    }

    /// Takes what the officer asks for; returns before it is done.
    package func take(_ wish: LoginWish) {
        switch wish {
        case .begin:
            startOver()
            run { [lists, means] () throws(FailureReport) in
                try await lists.adopt()
                return .began(try await lists.roster(at: means.clock.now()))
            }
        case .pin(let pin): give(.typed(pin))
        case .pinpad: give(.pinpad)
        case .wantPassphrase:
            startOver()
            lend { .askPassphrase(entry: $0) }
        case .passphrase(nil, let passphrase): passphrase.wipe()
        case .passphrase(let officer?, let passphrase):
            // It is on its way from here: starting over does not wipe it.
            if entry === passphrase { entry = nil }
            startOver()
            tell(.checking)
            tryPassphrase(passphrase, of: officer)
        case .cancel: startOver()
        }
    }

    /// Ends the session, as the officer wishes, and what runs.
    package func logOut() async {
        startOver()
        await work?.value
        guard let ended = session else { return }
        session = nil
        try? await means.kit.store.journal.note(.officerLoggedOut, officer: ended.officer.id)
    }

    /// Cancels what runs and ends the updates. The session is not ended: a station that is closed is no
    /// officer who leaves.
    package func close() async {
        startOver()
        await work?.value
        continuation.finish()
    }

    // MARK: - Performing

    private func feed(_ event: OfficerLogin.Event, of round: Int) {
        guard round == self.round else { return }
        for effect in login.handle(event) { perform(effect) }
    }

    private func perform(_ effect: OfficerLogin.Effect) {
        switch effect {
        case .readCard: readCard()
        case .askPINState(let chip):
            ask { (holder) throws(DeviceError) in .pinState(try await holder.pinState(of: chip)) }
        case .askPIN(let state, let wrongBefore):
            lend { .askPIN(state, entry: $0, wrongBefore: wrongBefore) }
        case .sign(let digest, let chip, let entry):
            ask { (holder) throws(DeviceError) in
                .signed(try await holder.sign(digest, with: .authentication, of: chip, pin: entry))
            }
        case .check(let signature):
            let isRight = challenge.map { proof?.verifies(signature, of: $0.message) == true } ?? false
            challenge = nil
            feed(.checked(isRight, at: means.clock.now()), of: round)
        case .forgetPIN(let chip):
            ask { (holder) throws(DeviceError) in
                await holder.logOff(chip)
                return nil
            }
        case .admit(let session, let reading): admit(session, asking: reading)
        case .refuse(let report, let officer): refuse(report, officer)
        }
    }

    /// Runs one thing after what runs already; what comes of it is the login's next event.
    func run(_ body: @escaping @Sendable () async throws(FailureReport) -> OfficerLogin.Event?) {
        work = Task { [previous = work, round] in
            await previous?.value
            do throws(FailureReport) {
                if let event = try await body() { self.feed(event, of: round) }
            } catch {
                if round == self.round { self.refuse(error, nil) }
            }
        }
    }

    /// Asks the card.
    private func ask(
        _ body: @escaping @Sendable (any CardHolderVerifying) async throws(DeviceError) -> OfficerLogin.Event?
    ) {
        run { [holder = means.holder] () throws(FailureReport) in
            do throws(DeviceError) {
                return try await body(holder)
            } catch {
                return .deviceFailed(error)
            }
        }
    }

    private func readCard() {
        tell(.insertCard)
        run { [means, lists, continuation] () throws(FailureReport) in
            let outcome: CaptureOutcome<CardReading>
            do throws(DeviceError) {
                outcome = try await means.reader.readCard(Self.plan, within: means.patience) { progress in
                    if progress != .insertCard { continuation.yield(.news(.reading)) }
                }
            } catch {
                return .deviceFailed(error)
            }
            switch outcome {
            case .retry(let retry): return .noCard(retry)
            case .captured(let reading):
                let trust = try await KitTrust.load(means.kit, lists: lists, testRoots: means.testRoots)
                // Before it is judged: a certificate of today has not begun by a clock that is behind.
                if let issued = trust.issued(on: reading) { try? await means.kit.store.learn(issued) }
                if case .valid(let roster) = try await lists.roster(at: means.clock.now()),
                    roster.officers.contains(where: { $0.nationalNumber == reading.identity.nationalNumber })
                {
                    try? await RevocationDesk(means.kit, clock: means.clock).askAnew(about: reading, by: trust)
                }
                return await self.judge(reading, by: trust, at: try await lists.latest(means.clock.now()))
            }
        }
    }

    private func judge(_ reading: CardReading, by trust: KitTrust, at time: Timestamp) -> OfficerLogin.Event {
        let proof = trust.holderProof(of: .authentication, on: reading, at: time)
        self.trust = trust
        self.proof = proof
        return .card(reading, trust.officerCertificate(proof, on: reading))
    }

    private func give(_ pin: CardPINEntry) {
        guard login.isWaitingForPIN, let proof else {
            if case .typed(let bytes) = pin { bytes.wipe() }
            return
        }
        var generator = SystemRandomNumberGenerator()
        let challenge = LoginChallenge(kit: means.kit.kit.id, at: means.clock.now(), using: &generator)
        self.challenge = challenge
        if case .pinpad = pin { tell(.usePinpad) } else { tell(.checking) }
        feed(.pin(pin, proof.digest(of: challenge.message)), of: round)
    }

    private func admit(_ session: LoginSession, asking reading: CardReading) {
        let question = trust?.question(about: .authentication, of: reading)
        run { [means, round] () throws(FailureReport) in
            if let question {
                try await means.kit.store.reporting { () throws(StoreError) in
                    try await RevocationDesk(means.kit, clock: means.clock).ask(question)
                }
            }
            try await self.finish(session, of: round)
            return nil
        }
    }

    /// Writes down that an officer is let in, and then lets them in; a login that was cancelled meanwhile lets
    /// nobody in, and leaves nobody in.
    func finish(_ session: LoginSession, of round: Int) async throws(FailureReport) {
        guard round == self.round else { return }
        let previous = self.session?.officer.id
        let replaced = previous == session.officer.id ? nil : previous
        let store = means.kit.store
        try await store.reporting { () throws(StoreError) in
            if let replaced { try await store.journal.note(.officerLoggedOut, officer: replaced) }
            try await store.journal.note(
                .officerLoggedIn, officer: session.officer.id, reason: session.officer.proof?.rawValue)
        }
        guard round == self.round else {
            self.session = nil
            try? await store.journal.note(.officerLoggedOut, officer: session.officer.id)
            return
        }
        self.session = session
        forget()
        continuation.yield(.admitted(session, replacing: replaced))
        tell(.done(session.officer))
    }

    /// Tells why nobody is let in, and writes it down.
    ///
    /// - Parameter asked: the login that it is about; one that was cancelled is told nothing.
    func refuse(_ report: FailureReport, _ officer: OfficerID?, of asked: Int? = nil) {
        let (store, round) = (means.kit.store, asked ?? round)
        if round == self.round { forget() }
        // Before a session there is nothing that could be lost.
        let told =
            session == nil ? FailureReport(report.code, detail: report.detail, kept: .nothingToKeep) : report
        run { () throws(FailureReport) in
            try? await store.journal.note(.loginRefused, officer: officer, reason: report.code.text)
            await self.tell(.refused(told), of: round)
            return nil
        }
    }

    func tell(_ news: LoginNews, of round: Int) {
        if round == self.round { tell(news) }
    }

    func tell(_ news: LoginNews) { continuation.yield(.news(news)) }

    /// Lends the officer something to type into.
    private func lend(_ news: (SecretBytes) -> LoginNews) {
        wipe()
        do throws(SecretMemoryError) {
            let entry = try SecretBytes()
            self.entry = entry
            tell(news(entry))
        } catch {
            refuse(FailureReport(.store(.unsafeSetting), detail: "no memory for a secret", kept: .draft), nil)
        }
    }

    /// Ends what runs, and forgets what was typed and read.
    private func startOver() {
        work?.cancel()
        for effect in login.handle(.cancelled) { perform(effect) }
        round += 1
        login = OfficerLogin()
        forget()
    }

    /// What was typed and read.
    private func forget() {
        (trust, proof, challenge) = (nil, nil, nil)
        wipe()
    }

    private func wipe() {
        entry?.wipe()
        entry = nil
    }
}
