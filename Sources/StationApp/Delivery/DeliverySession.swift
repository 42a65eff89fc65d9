package import EnrolmentCore
package import EnrolmentFlow
import PacketFormat

/// Runs one delivery: performs what the machine asks of devices, card and store, and feeds the outcomes
/// back. Screens and scripts only send the officer's decisions and watch.
package actor DeliverySession {
    package typealias Update = CaseUpdate<DeliveryMachine>

    /// Every change in order; ends when the delivery is stored or stopped, or the session is closed.
    package nonisolated let updates: AsyncStream<Update>

    private var machine: DeliveryMachine
    private var desk: CaseDesk<DeliveryMachine, DeliveryEvent>
    private let store: any DeliveryStoring

    package init(
        _ machine: DeliveryMachine, devices: KitDevices, prover: any CardProving, store: any DeliveryStoring,
        clock: any WallClock, limits: CaptureLimits = .bedside
    ) {
        self.machine = machine
        desk = CaseDesk(machine, devices: devices, prover: prover, clock: clock, limits: limits)
        updates = desk.updates
        self.store = store
    }

    package var state: DeliveryMachine { machine }

    /// Takes one event; returns before its effects are done. PINs in it are wiped once they are used, and
    /// at once when the machine has no use for them.
    package func send(_ event: DeliveryEvent) {
        let effects = machine.handle(event, at: desk.clock.now())
        let used = effects.flatMap(\.pins)
        for pin in event.pins where !used.contains(pin) { pin.erase() }
        desk.tell(machine, isLast: machine.step.isFinal)
        for effect in effects { perform(effect) }
    }

    /// Takes the picture of the face that is being framed.
    package func shutter() async { await desk.devices.camera.shutter() }

    /// Ends the signature that is being written.
    package func finishInk() async { await desk.devices.pad.finish() }

    /// Cancels what runs and ends the updates; the draft stays as it was last saved.
    package func close() async { await desk.close() }

    private func perform(_ effect: DeliveryEffect) {
        switch effect {
        case .cancelCapture: desk.cancel()
        case .readCard: run { [desk] progress throws(DeviceError) in try await desk.readCard(progress) }
        case .takePortrait: run { [desk] progress throws(DeviceError) in try await desk.takePortrait(progress) }
        case .takeSignature: run { [desk] progress throws(DeviceError) in try await desk.takeSignature(progress) }
        case .askPINState(let chip):
            run { [desk] _ throws(DeviceError) in
                .pinStateKnown(try await desk.devices.cardReader.pinState(of: chip))
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
                do throws(FailureReport) {
                    try await store.discard(id, because: reason, by: officer)
                    self.send(.discarded)
                } catch {
                    self.send(.notDiscarded(error))
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
        run { [desk] _ throws(DeviceError) in
            defer { for pin in [old, new] { pin.erase() } }
            if let failed = await self.saving(draft) { return failed }
            // Nothing was asked of the card yet: it surely has its old PIN.
            if Task.isCancelled { return .pinChanged(.cancelled) }
            return .pinChanged(
                try await desk.devices.cardReader.changePIN(of: chip, from: old, to: new).map { _ in PINChanged() })
        }
    }

    private func tryCertificate(_ key: CardHolderKey, of card: CardReading, _ pin: CardPINEntry) {
        let caseID = machine.record.planned.id
        run { [desk] _ throws(DeviceError) in
            defer { pin.erase() }
            let statement = TrialStatement(by: key, of: caseID, applet: card.appletVersion, at: desk.clock.now())
            let outcome = try await desk.devices.cardReader.sign(
                statement.digest, with: key, of: card.chipNumber, pin: pin)
            return .certificateTried(
                key,
                outcome.map { signature in
                    let now = desk.clock.now()
                    let verdict = desk.prover.holderProof(
                        of: signature, over: statement.digest, by: key, of: card, at: now)
                    return CertificateTrial(
                        key: key, statement: statement.text, hash: statement.hash, signature: signature,
                        verdict: verdict, triedAt: now)
                })
        }
    }

    private func run(_ work: @escaping CaseDesk<DeliveryMachine, DeliveryEvent>.Work) {
        desk.start(isSaved: machine.draft.revision > 0, work) { await self.send($0) }
    }
}

extension DeliveryEvent: CaseEvent {}

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
