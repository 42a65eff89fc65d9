package import EnrolmentCore

/// What a session tells whoever watches it.
package enum CaseUpdate<Machine: Sendable>: Sendable {
    /// The state after an event, one for each event.
    case state(Machine)
    case progress(CaptureProgress)
}

/// What comes of a capture, as enrolments and deliveries alike are told it.
protocol CaseEvent: Sendable {
    static func cardRead(_ reading: CardReading, _ proof: CardProof) -> Self
    static func portraitTaken(_ sample: PortraitSample) -> Self
    static func signatureTaken(_ sample: SignatureSample) -> Self
    static func personMustRetry(_ retry: CaptureRetry) -> Self
    static func failed(_ report: FailureReport) -> Self
}

/// Where enrolments and deliveries take their samples: the devices, of which at most one is at work, and the
/// stream in which everything is told. The session keeps the machine, and what is done about its effects.
struct CaseDesk<Machine: Sendable, Event: CaseEvent>: Sendable {
    typealias Work = @Sendable (@escaping ProgressHandler) async throws(DeviceError) -> Event

    let updates: AsyncStream<CaseUpdate<Machine>>
    let devices: KitDevices
    let prover: any CardProving
    let clock: any WallClock
    let limits: CaptureLimits
    private let continuation: AsyncStream<CaseUpdate<Machine>>.Continuation
    private var running: Task<Void, Never>?

    init(
        _ machine: Machine, devices: KitDevices, prover: any CardProving, clock: any WallClock, limits: CaptureLimits
    ) {
        self.devices = devices
        self.prover = prover
        self.clock = clock
        self.limits = limits
        (updates, continuation) = AsyncStream.makeStream()
        continuation.yield(.state(machine))
    }

    /// Tells a state; after the last one the stream ends.
    func tell(_ machine: Machine, isLast: Bool) {
        continuation.yield(.state(machine))
        if isLast { continuation.finish() }
    }

    /// Starts work at a device or the card.
    ///
    /// - Parameters:
    ///   - isSaved: whether there is a draft on the disk, should it fail.
    ///   - send: takes what comes of it.
    mutating func start(isSaved: Bool, _ work: @escaping Work, then send: @escaping @Sendable (Event) async -> Void) {
        running = Task { [continuation] in
            do throws(DeviceError) {
                await send(try await work { continuation.yield(.progress($0)) })
            } catch {
                await send(.failed(FailureReport(error, kept: isSaved ? .draft : .nothingToKeep)))
            }
        }
    }

    func cancel() { running?.cancel() }

    /// Cancels what runs, waits for it and ends the stream.
    func close() async {
        running?.cancel()
        await running?.value
        continuation.finish()
    }

    /// The card's content, with what it is worth now; the question whether it was revoked is put where nobody
    /// could be asked.
    func readCard(_ progress: @escaping ProgressHandler) async throws(DeviceError) -> Event {
        switch try await devices.cardReader.readCard(within: limits.card, progress: progress) {
        case .retry(let retry): return .personMustRetry(retry)
        case .captured(let reading):
            let proof = prover.proof(of: reading, at: clock.now())
            await prover.learnTime(from: reading)
            if proof.outcome(of: .revocation) == .notChecked { await prover.keepAsking(about: reading) }
            return .cardRead(reading, proof)
        }
    }

    func takePortrait(_ progress: @escaping ProgressHandler) async throws(DeviceError) -> Event {
        Self.event(try await devices.camera.capture(within: limits.portrait, progress: progress)) {
            .portraitTaken($0)
        }
    }

    func takeSignature(_ progress: @escaping ProgressHandler) async throws(DeviceError) -> Event {
        Self.event(try await devices.pad.capture(within: limits.signature, progress: progress)) {
            .signatureTaken($0)
        }
    }

    /// What a capture came to, as the machine is told it.
    static func event<Sample>(_ outcome: CaptureOutcome<Sample>, _ taken: (Sample) -> Event) -> Event {
        switch outcome {
        case .captured(let sample): taken(sample)
        case .retry(let retry): .personMustRetry(retry)
        }
    }
}
