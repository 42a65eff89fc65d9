import EnrolmentCore
import OfflineCache
package import StationUI
import Synchronization

/// Has a kit opened by an officer's card or by its passphrase, as the unlock screen asks for it; tells each step.
///
/// At the start of the program what comes of it is the open kit, at a locked screen nothing but that it would have
/// opened. One attempt at a time: the next waits until the chip and the card are done with the one before.
package actor OpeningDesk<Opened: Sendable> {
    package enum Update: Sendable {
        case news(LoginNews)
        /// What was opened waits to be claimed.
        case opened
    }

    /// Every step in order; ends when the desk is closed.
    package nonisolated let updates: AsyncStream<Update>

    private let means: Means
    /// What may still be told: an attempt that was ended has nothing to say.
    private let teller: Teller
    private var trials: PassphraseGuard
    private var reader = ReaderState.unknown
    /// Whether the reader was seen otherwise since the card in it was begun to be read.
    private var hasChanged = false
    /// Whether the next card that is put in is read.
    private var wantsCard = false
    /// Whether the card was pulled while its PIN was asked for.
    private var wasPulled = false
    private var round = 0
    /// Who waits for the PIN.
    private var question: CheckedContinuation<CardPINEntry?, Never>?
    /// What is typed into; wiped at the latest when the attempt ends.
    private var entry: SecretBytes?
    private var work: Task<Void, Never>?
    private var unclaimed: Opened?

    package init(_ means: Means) {
        self.means = means
        let (updates, continuation) = AsyncStream.makeStream(of: Update.self)
        self.updates = updates
        teller = Teller(continuation)
        trials = PassphraseGuard(limit: means.tries, uptime: means.uptime)
    }

    /// Takes what the officer asks for; returns before it is done.
    package func take(_ wish: LoginWish) {
        switch wish {
        case .begin:
            startOver()
            tell(.insertCard)
            wantsCard = true
            readCardIfThere()
        case .pin(let entry): answer(.typed(entry), .checking)
        case .pinpad: answer(.pinpad, .usePinpad)
        case .wantPassphrase:
            startOver()
            run { (desk, round) in await desk.askPassphrase(round) }
        case .passphrase(_, let passphrase):
            hold(passphrase)
            startOver()
            tell(.checking)
            run { (desk, round) in await desk.tryPassphrase(passphrase, round) }
        case .cancel: startOver()
        }
    }

    /// Takes what can be seen of the reader.
    package func see(_ state: ReaderState) {
        // What the reading itself does to the card is told, too.
        guard state != reader else { return }
        (reader, hasChanged) = (state, true)
        if state == .card { return readCardIfThere() }
        if question != nil {
            // The card went while its PIN was asked for: none was used, and the next card is waited for.
            wasPulled = true
            forget()
        } else if wantsCard {
            // There may have been a refusal for want of it.
            tell(.insertCard)
        }
    }

    /// Ends what runs; a kit that opens meanwhile, or that nobody claims, is closed again.
    package func close() async {
        startOver()
        await work?.value
        if let opened = claim() { await means.discard(opened) }
        teller.finish()
    }

    /// Hands over what was opened, once.
    package func claim() -> Opened? {
        defer { unclaimed = nil }
        return unclaimed
    }

    // MARK: - By card

    private func readCardIfThere() {
        // Where nobody watches the reader, reading it is how to wait for a card.
        guard wantsCard, reader == .card || reader == .unknown, let open = means.byCard else { return }
        (wantsCard, hasChanged) = (false, false)
        run { (desk, round) in await desk.open(byCard: open, round) }
    }

    private func open(
        byCard open: @Sendable (CardUnlock) async throws(FailureReport) -> Opened, _ round: Int
    ) async {
        wasPulled = false
        let teller = teller
        let unlock = CardUnlock(
            reader: means.reader, patience: means.patience,
            telling: { progress in
                switch progress {
                case .insertCard: break
                case .reading: teller.tell(.news(.reading), of: round)
                case .usePinpad: teller.tell(.news(.usePinpad), of: round)
                case .opening: teller.tell(.news(.checking), of: round)
                }
            },
            pin: { [weak self] (asked) throws(FailureReport) in try await self?.ask(asked, round) })
        do throws(FailureReport) {
            await succeed(try await open(unlock), round)
        } catch {
            fail(error, round)
        }
    }

    private func ask(_ asked: CardUnlock.Question, _ round: Int) async throws(FailureReport) -> CardPINEntry? {
        // It may have gone between its reading and this.
        if reader.isSeenWithoutCard { wasPulled = true }
        guard round == self.round, !wasPulled else { return nil }
        let entry = try lend()
        return await withCheckedContinuation { continuation in
            question = continuation
            tell(.askPIN(asked.state, entry: entry, wrongBefore: asked.wrongBefore))
        }
    }

    private func answer(_ pin: CardPINEntry, _ news: LoginNews) {
        guard let question else {
            if case .typed(let bytes) = pin { bytes.wipe() }
            return
        }
        self.question = nil
        tell(news)
        question.resume(returning: pin)
    }

    // MARK: - By passphrase

    private func askPassphrase(_ round: Int) async {
        let standing = await standing()
        guard round == self.round else { return }
        tell(.tries(tries(standing)))
        guard standing.wait == .zero else { return tell(.refused(waiting(standing.isAtMost))) }
        do throws(FailureReport) {
            tell(.askPassphrase(entry: try lend()))
        } catch {
            tell(.refused(error))
        }
    }

    private func tryPassphrase(_ passphrase: SecretBytes, _ round: Int) async {
        defer { passphrase.wipe() }
        guard round == self.round else { return }
        let standing = await standing()
        guard standing.wait == .zero else { return await refused(waiting(standing.isAtMost), round) }
        do throws(FailureReport) {
            let opened = try await means.byPassphrase(passphrase)
            trials.succeeded()
            await succeed(opened, round)
        } catch {
            if error.code == .store(.wrongPassphrase) { trials.failed() }
            await refused(error, round)
        }
    }

    /// With what is left before the reason.
    private func refused(_ report: FailureReport, _ round: Int) async {
        let standing = await standing()
        guard round == self.round else { return }
        tell(.tries(tries(standing)))
        // The last one that was free has a wait behind it, which says more.
        let isOver = report.code == .store(.wrongPassphrase) && standing.wait > .zero
        tell(.refused(isOver ? waiting(standing.isAtMost) : report))
    }

    private func standing() async -> PassphraseGuard.Standing {
        let chip = await means.chip()
        return trials.standing(by: chip)
    }

    private func tries(_ standing: PassphraseGuard.Standing) -> PassphraseTries {
        PassphraseTries(
            left: standing.left,
            waitUntil: standing.wait > .zero ? means.clock.now().advanced(by: standing.wait) : nil,
            isAtMost: standing.isAtMost)
    }

    private func waiting(_ isChip: Bool) -> FailureReport {
        FailureReport(isChip ? .store(.tooManyTries) : .login(.tooManyTries), kept: .draft)
    }

    // MARK: - Ends

    private func succeed(_ opened: Opened, _ round: Int) async {
        // Nobody waits for it any more: what was opened is closed again.
        guard round == self.round else { return await means.discard(opened) }
        forget()
        unclaimed = opened
        teller.tell(.opened, of: round)
    }

    private func fail(_ report: FailureReport, _ round: Int) {
        guard round == self.round else { return }
        forget()
        if wasPulled || report.code == .person(.noCard) {
            wasPulled = false
            tell(.insertCard)
            wantsCard = true
            return readCardIfThere()
        }
        if report.isForWantOfCard { return waitForCard(after: report) }
        tell(.refused(report))
    }

    /// The next card that is put in is read without a key, whatever was in the way of this one.
    private func waitForCard(after report: FailureReport) {
        wantsCard = true
        // Not the same card in the same place over and over.
        if reader == .card, hasChanged {
            tell(.insertCard)
            return readCardIfThere()
        }
        // The screen says of the reader what is wrong, once somebody has looked.
        tell(reader.isSeenWithoutCard ? .insertCard : .refused(report))
    }

    // MARK: - Performing

    /// Runs one thing after what runs already.
    private func run(_ body: @escaping @Sendable (OpeningDesk, Int) async -> Void) {
        work = Task { [previous = work, round] in
            await previous?.value
            await body(self, round)
        }
    }

    private func tell(_ news: LoginNews) { teller.tell(.news(news), of: round) }

    private func lend() throws(FailureReport) -> SecretBytes {
        entry?.wipe()
        do throws(SecretMemoryError) {
            let entry = try SecretBytes()
            self.entry = entry
            return entry
        } catch {
            throw FailureReport(.store(.unsafeSetting), detail: "no memory for a secret", kept: .draft)
        }
    }

    private func startOver() {
        round += 1
        teller.begin(round)
        wantsCard = false
        work?.cancel()
        forget()
    }

    /// What was typed is on its way from here: the end of the asking does not wipe it.
    private func hold(_ passphrase: SecretBytes) {
        if entry === passphrase { entry = nil }
    }

    /// What was typed, and who waits for it.
    private func forget() {
        question?.resume(returning: nil)
        question = nil
        entry?.wipe()
        entry = nil
    }

    /// Tells only what belongs to the attempt that runs, whichever thread it comes from.
    private final class Teller: Sendable {
        private let current = Mutex(0)
        private let continuation: AsyncStream<Update>.Continuation

        init(_ continuation: AsyncStream<Update>.Continuation) { self.continuation = continuation }

        func begin(_ round: Int) { current.withLock { $0 = round } }
        func finish() { continuation.finish() }

        func tell(_ update: Update, of round: Int) {
            // Under the lock: nothing of an attempt comes behind what the next one tells.
            current.withLock { current in
                if current == round { continuation.yield(update) }
            }
        }
    }
}
