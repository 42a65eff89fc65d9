package import EnrolmentCore
package import EnrolmentFlow
import PacketFormat

/// Runs one delivery: performs what the machine asks of devices, card and store, and feeds the outcomes
/// back. Screens and scripts only send the officer's decisions and watch.
package actor DeliverySession {
    package enum Update: Sendable {
        /// The state after an event, one for each event.
        case state(DeliveryMachine)
        case progress(CaptureProgress)
    }

    /// Every change in order; ends when the delivery is stored or stopped, or the session is closed.
    package nonisolated let updates: AsyncStream<Update>

    private var machine: DeliveryMachine
    private let devices: KitDevices
    private let prover: any CardProving
    private let store: any DeliveryStoring
    private let clock: any WallClock
    private let limits: CaptureLimits
    private let continuation: AsyncStream<Update>.Continuation
    /// What runs at a device or the card, to cancel it; at most one.
    private var work: Task<Void, Never>?

    package init(
        _ machine: DeliveryMachine, devices: KitDevices, prover: any CardProving, store: any DeliveryStoring,
        clock: any WallClock, limits: CaptureLimits = .bedside
    ) {
        self.machine = machine
        self.devices = devices
        self.prover = prover
        self.store = store
        self.clock = clock
        self.limits = limits
        (updates, continuation) = AsyncStream.makeStream()
        continuation.yield(.state(machine))
    }

    package var state: DeliveryMachine { machine }

    /// Takes one event; returns before its effects are done. PINs in it are wiped once they are used, and
    /// at once when the machine has no use for them.
    package func send(_ event: DeliveryEvent) {
        let effects = machine.handle(event, at: clock.now())
        let used = effects.flatMap(\.pins)
        for pin in event.pins where !used.contains(pin) { pin.erase() }
        continuation.yield(.state(machine))
        for effect in effects { perform(effect) }
        if machine.step.isFinal { continuation.finish() }
    }

    /// Takes the picture of the face that is being framed.
    package func shutter() async { await devices.camera.shutter() }

    /// Ends the signature that is being written.
    package func finishInk() async { await devices.pad.finish() }

    /// Cancels what runs and ends the updates; the draft stays as it was last saved.
    package func close() async {
        work?.cancel()
        await work?.value
        continuation.finish()
    }

    private func perform(_ effect: DeliveryEffect) {
        switch effect {
        case .cancelCapture: work?.cancel()
        case .readCard, .takePortrait, .takeSignature: capture(effect)
        case .askPINState(let chip):
            run { [devices] _ throws(DeviceError) in
                .pinStateKnown(try await devices.cardReader.pinState(of: chip))
            }
        case .changePIN(let chip, let old, let new, let draft): changePIN(of: chip, from: old, to: new, after: draft)
        case .tryCertificate(let key, let card, let pin): tryCertificate(key, of: card, pin)
        case .saveDraft(let draft):
            Task { self.send(await self.saving(draft) ?? .draftSaved(revision: draft.revision)) }
        case .seal(let draft):
            Task { [store] in
                do throws(FailureReport) {
                    self.send(.sealed(try await store.seal(draft)))
                } catch {
                    self.send(.notSealed(error))
                }
            }
        case .discardDraft(let id, let reason):
            Task { [store, officer = machine.record.officer] in
                // A draft that cannot be destroyed now is still encrypted; the next start finds it.
                try? await store.discard(id, because: reason, by: officer)
            }
        }
    }

    private func capture(_ effect: DeliveryEffect) {
        run { [devices, limits, prover, clock] progress throws(DeviceError) in
            switch effect {
            case .takePortrait:
                return Self.event(try await devices.camera.capture(within: limits.portrait, progress: progress)) {
                    .portraitTaken($0)
                }
            case .takeSignature:
                return Self.event(try await devices.pad.capture(within: limits.signature, progress: progress)) {
                    .signatureTaken($0)
                }
            default:
                switch try await devices.cardReader.readCard(within: limits.card, progress: progress) {
                case .retry(let retry): return .personMustRetry(retry)
                case .captured(let reading):
                    let proof = prover.proof(of: reading, at: clock.now())
                    await prover.learnTime(from: reading)
                    if proof.outcome(of: .revocation) == .notChecked { await prover.keepAsking(about: reading) }
                    return .cardRead(reading, proof)
                }
            }
        }
    }

    /// What came of saving, when it failed.
    private func saving(_ draft: DeliveryDraft) async -> DeliveryEvent? {
        do throws(FailureReport) {
            try await store.save(draft)
            return nil
        } catch {
            return .draftNotSaved(error)
        }
    }

    private func changePIN(
        of chip: [UInt8], from old: CardPINEntry, to new: CardPINEntry, after draft: DeliveryDraft
    ) {
        run { [devices] _ throws(DeviceError) in
            defer { for pin in [old, new] { pin.erase() } }
            if let failed = await self.saving(draft) { return failed }
            // Nothing was asked of the card yet: it surely has its old PIN.
            if Task.isCancelled { return .pinChanged(.cancelled) }
            return .pinChanged(
                try await devices.cardReader.changePIN(of: chip, from: old, to: new).map { _ in PINChanged() })
        }
    }

    private func tryCertificate(_ key: CardHolderKey, of card: CardReading, _ pin: CardPINEntry) {
        let caseID = machine.record.planned.id
        run { [devices, prover, clock] _ throws(DeviceError) in
            defer { pin.erase() }
            let statement = TrialStatement(by: key, of: caseID, applet: card.appletVersion, at: clock.now())
            let outcome = try await devices.cardReader.sign(
                statement.digest, with: key, of: card.chipNumber, pin: pin)
            return .certificateTried(
                key,
                outcome.map { signature in
                    let now = clock.now()
                    let verdict = prover.holderProof(
                        of: signature, over: statement.digest, by: key, of: card, at: now)
                    return CertificateTrial(
                        key: key, statement: statement.text, hash: statement.hash, signature: signature,
                        verdict: verdict, triedAt: now)
                })
        }
    }

    private typealias Work = @Sendable (@escaping ProgressHandler) async throws(DeviceError) -> DeliveryEvent

    private func run(_ body: @escaping Work) {
        let kept: FailureReport.Kept = machine.draft.revision > 0 ? .draft : .nothingToKeep
        work = Task { [continuation] in
            do throws(DeviceError) {
                self.send(try await body { continuation.yield(.progress($0)) })
            } catch {
                self.send(.failed(FailureReport(error, kept: kept)))
            }
        }
    }

    /// What a capture came to, as the machine is told it.
    private static func event<Sample>(
        _ outcome: CaptureOutcome<Sample>, _ taken: (Sample) -> DeliveryEvent
    ) -> DeliveryEvent {
        switch outcome {
        case .captured(let sample): taken(sample)
        case .retry(let retry): .personMustRetry(retry)
        }
    }
}

extension DeliveryEvent {
    /// The PINs that it carries.
    var pins: [CardPINEntry] {
        switch self {
        case .changePIN(let old, let new): [old, new]
        case .tryCertificate(_, let pin): [pin]
        default: []
        }
    }
}

extension DeliveryEffect {
    /// The PINs that it carries.
    var pins: [CardPINEntry] {
        switch self {
        case .changePIN(_, let old, let new, _): [old, new]
        case .tryCertificate(_, _, let pin): [pin]
        default: []
        }
    }
}

extension CardPINEntry {
    /// Wipes what was typed.
    func erase() {
        if case .typed(let secret) = self { secret.wipe() }
    }
}
