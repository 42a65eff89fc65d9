package import EnrolmentCore
package import EnrolmentFlow

/// Runs one enrolment: performs what the machine asks of devices and store, and feeds the outcomes
/// back. Screens and scripts only send the officer's decisions and watch.
package actor EnrolmentSession {
    package typealias Update = CaseUpdate<EnrolmentMachine>

    /// Every change in order; ends when the enrolment is stored or stopped, or the session is closed.
    package nonisolated let updates: AsyncStream<Update>

    private var machine: EnrolmentMachine
    private var desk: CaseDesk<EnrolmentMachine, EnrolmentEvent>
    private let fingers: FingerDesk
    private let store: any EnrolmentStoring

    package init(
        _ machine: EnrolmentMachine, devices: KitDevices, prover: any CardProving, examiner: any FingerExamining,
        store: any EnrolmentStoring, clock: any WallClock, limits: CaptureLimits = .bedside
    ) {
        self.machine = machine
        desk = CaseDesk(machine, devices: devices, prover: prover, clock: clock, limits: limits)
        updates = desk.updates
        fingers = FingerDesk(examiner, rules: machine.rules)
        self.store = store
    }

    package var state: EnrolmentMachine { machine }

    /// Takes one event; returns before its effects are done.
    package func send(_ event: EnrolmentEvent) {
        let effects = machine.handle(event)
        desk.tell(machine, isLast: machine.step.isFinal)
        for effect in effects { perform(effect) }
    }

    /// Takes the picture of the portrait that is being framed.
    package func shutter() async { await desk.devices.camera.shutter() }

    /// Takes the picture of the finger that lies on the glass, whatever it is like.
    package func triggerFinger() async { await desk.devices.scanner.trigger() }

    /// Ends the signature that is being written.
    package func finishInk() async { await desk.devices.pad.finish() }

    /// Cancels what runs and ends the updates; the draft stays as it was last saved.
    package func close() async { await desk.close() }

    private func perform(_ effect: EnrolmentEffect) {
        switch effect {
        case .cancelCapture: desk.cancel()
        case .readCard: run { [desk] progress throws(DeviceError) in try await desk.readCard(progress) }
        case .takePortrait: run { [desk] progress throws(DeviceError) in try await desk.takePortrait(progress) }
        case .takeSignature: run { [desk] progress throws(DeviceError) in try await desk.takeSignature(progress) }
        case .takeFinger(let position, let attempt): takeFinger(position, attempt)
        case .saveDraft(let draft):
            Task { [store] in
                do throws(FailureReport) {
                    try await store.save(draft)
                    self.send(.draftSaved(revision: draft.revision))
                } catch {
                    self.send(.draftNotSaved(error))
                }
            }
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

    private func takeFinger(_ position: FingerPosition, _ attempt: Int) {
        let references = machine.fingerReferences
        run { [desk, fingers] progress throws(DeviceError) in
            // Asked before, so that a scanner that answers no more cannot cost the print.
            let device = try await desk.devices.scanner.describe()
            let request = FingerCaptureRequest(
                position, within: desk.limits.finger, trigger: await fingers.trigger(after: references))
            switch try await desk.devices.scanner.capture(request, progress: progress) {
            case .retry(let retry): return .personMustRetry(retry)
            case .captured(let frame):
                let taken = FingerDesk.Picture(
                    frame: frame, position: position, attempt: attempt, takenAt: desk.clock.now(),
                    device: device)
                return CaseDesk<EnrolmentMachine, EnrolmentEvent>.event(
                    await fingers.examine(taken, beside: references)
                ) { .fingerTaken($0) }
            }
        }
    }

    private func run(_ work: @escaping CaseDesk<EnrolmentMachine, EnrolmentEvent>.Work) {
        desk.start(isSaved: machine.draft.revision > 0, work) { await self.send($0) }
    }
}

extension EnrolmentEvent: CaseEvent {
    static func failed(_ report: FailureReport) -> EnrolmentEvent { .captureFailed(report) }
}
