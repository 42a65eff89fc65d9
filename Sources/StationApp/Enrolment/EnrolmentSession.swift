package import EnrolmentCore
package import EnrolmentFlow

/// Runs one enrolment: performs what the machine asks of devices and store, and feeds the outcomes
/// back. Screens and scripts only send the officer's decisions and watch.
package actor EnrolmentSession {
    package enum Update: Sendable {
        /// The state after an event, one for each event.
        case state(EnrolmentMachine)
        case progress(CaptureProgress)
    }

    /// Every change in order; ends when the enrolment is stored or stopped, or the session is closed.
    package nonisolated let updates: AsyncStream<Update>

    private var machine: EnrolmentMachine
    private let devices: KitDevices
    private let prover: any CardProving
    private let fingers: FingerDesk
    private let store: any EnrolmentStoring
    private let clock: any WallClock
    private let limits: CaptureLimits
    private let continuation: AsyncStream<Update>.Continuation
    /// The capture that runs, to cancel it; at most one.
    private var capture: Task<Void, Never>?

    package init(
        _ machine: EnrolmentMachine, devices: KitDevices, prover: any CardProving, examiner: any FingerExamining,
        store: any EnrolmentStoring, clock: any WallClock, limits: CaptureLimits = .bedside
    ) {
        self.machine = machine
        self.devices = devices
        self.prover = prover
        fingers = FingerDesk(examiner, rules: machine.rules)
        self.store = store
        self.clock = clock
        self.limits = limits
        (updates, continuation) = AsyncStream.makeStream()
        continuation.yield(.state(machine))
    }

    package var state: EnrolmentMachine { machine }

    /// Takes one event; returns before its effects are done.
    package func send(_ event: EnrolmentEvent) {
        let effects = machine.handle(event)
        continuation.yield(.state(machine))
        for effect in effects { perform(effect) }
        if machine.step.isFinal { continuation.finish() }
    }

    /// Takes the picture of the portrait that is being framed.
    package func shutter() async { await devices.camera.shutter() }

    /// Takes the picture of the finger that lies on the glass, whatever it is like.
    package func triggerFinger() async { await devices.scanner.trigger() }

    /// Ends the signature that is being written.
    package func finishInk() async { await devices.pad.finish() }

    /// Cancels what runs and ends the updates; the draft stays as it was last saved.
    package func close() async {
        capture?.cancel()
        await capture?.value
        continuation.finish()
    }

    private func perform(_ effect: EnrolmentEffect) {
        switch effect {
        case .cancelCapture: capture?.cancel()
        case .readCard:
            run { [devices, limits, prover, clock] progress throws(DeviceError) in
                switch try await devices.cardReader.readCard(within: limits.card, progress: progress) {
                case .retry(let retry): return .personMustRetry(retry)
                case .captured(let reading):
                    let proof = prover.proof(of: reading, at: clock.now())
                    await prover.learnTime(from: reading)
                    if proof.outcome(of: .revocation) == .notChecked { await prover.keepAsking(about: reading) }
                    return .cardRead(reading, proof)
                }
            }
        case .takePortrait:
            run { [devices, limits] progress throws(DeviceError) in
                Self.event(try await devices.camera.capture(within: limits.portrait, progress: progress)) {
                    .portraitTaken($0)
                }
            }
        case .takeSignature:
            run { [devices, limits] progress throws(DeviceError) in
                Self.event(try await devices.pad.capture(within: limits.signature, progress: progress)) {
                    .signatureTaken($0)
                }
            }
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
                // A draft that cannot be destroyed now is still encrypted; the next start finds it.
                try? await store.discard(id, because: reason, by: officer)
            }
        }
    }

    private func takeFinger(_ position: FingerPosition, _ attempt: Int) {
        let references = machine.fingerReferences
        run { [devices, limits, clock, fingers] progress throws(DeviceError) in
            // Asked before, so that a scanner that answers no more cannot cost the print.
            let device = try await devices.scanner.describe()
            let request = FingerCaptureRequest(
                position, within: limits.finger, trigger: await fingers.trigger(after: references))
            switch try await devices.scanner.capture(request, progress: progress) {
            case .retry(let retry): return .personMustRetry(retry)
            case .captured(let frame):
                let taken = FingerDesk.Picture(
                    frame: frame, position: position, attempt: attempt, takenAt: clock.now(),
                    device: device)
                return Self.event(await fingers.examine(taken, beside: references)) { .fingerTaken($0) }
            }
        }
    }

    private typealias Capture = @Sendable (@escaping ProgressHandler) async throws(DeviceError) -> EnrolmentEvent

    private func run(_ body: @escaping Capture) {
        let kept: FailureReport.Kept = machine.draft.revision > 0 ? .draft : .nothingToKeep
        capture = Task { [continuation] in
            do throws(DeviceError) {
                self.send(try await body { continuation.yield(.progress($0)) })
            } catch {
                self.send(.captureFailed(FailureReport(error, kept: kept)))
            }
        }
    }

    /// What a capture came to, as the machine is told it.
    private static func event<Sample>(
        _ outcome: CaptureOutcome<Sample>, _ taken: (Sample) -> EnrolmentEvent
    ) -> EnrolmentEvent {
        switch outcome {
        case .captured(let sample): taken(sample)
        case .retry(let retry): .personMustRetry(retry)
        }
    }
}
