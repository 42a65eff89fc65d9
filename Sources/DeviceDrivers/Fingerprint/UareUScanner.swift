package import DeviceProfiles
package import DeviceTransport
package import EnrolmentCore

/// A U.are.U fingerprint scanner over any USB transport.
///
/// Pinned to its own thread, since it waits in C. Every capture opens the scanner anew and powers it up
/// from scratch: a laptop that slept in between leaves a scanner that has forgotten everything. When the bus
/// fails before there is a picture, the scanner is found, opened and powered up once more.
package actor UareUScanner: FingerprintCapturing {
    private let thread = DeviceThread(name: "scanner")
    private let transport: any USBTransport
    private let product: String
    private let parameters: ScannerParameters
    private let seeds: UareUKeySeeds
    private let returnLimit: Duration
    private let errand = Errand<UareUProtocol.Event>()

    nonisolated package var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The driver's name in profiles.
    package static let driverName = "uareu"

    private static let mostSessions = 2
    private static let mostOpenings = 3

    /// - Parameters:
    ///   - seeds: for the keys of the pictures.
    ///   - returnLimit: how long a scanner that failed may take to be found again, for a second session; a bus
    ///     that wakes up needs half a second. Zero for no second session.
    /// - Throws: `ProfileError` when the profile lacks a figure that the driver needs.
    package init(
        profile: DeviceProfile, transport: any USBTransport, calibration: ScannerScale? = nil,
        seeds: UareUKeySeeds = .replayable, returnLimit: Duration = .seconds(2)
    ) throws(ProfileError) {
        parameters = try ScannerParameters(profile).scaled(by: calibration)
        guard parameters.columns == UareUPacket.columns, parameters.rows == UareUPacket.rows else {
            throw ProfileError.parameter(profile: profile.id, name: "columns, rows")
        }
        product = profile.name
        self.transport = transport
        self.seeds = seeds
        self.returnLimit = returnLimit
    }

    package func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        let transport = transport
        errand.begin()
        defer { errand.end() }
        errand.onCancel { transport.wake() }
        let outcome = await withTaskCancellationHandler {
            // Through the actor, so that it blocks the actor's thread and none of the pool.
            self.sessions(request, progress: progress)
        } onCancel: { [errand] in
            errand.cancel(.cancelled)
        }
        switch outcome {
        case .failed(let problem, let detail): throw DeviceError(.scanner, problem, detail)
        case .lost(let error): throw DeviceError(.scanner, error.scannerProblem, error.technicalText)
        case .retry(let retry): return .retry(retry)
        case .picture(let picture, let trigger):
            let seen = UareUFrame(picture, parameters: parameters)
            if let retry = seen.retry { return .retry(retry) }
            return .captured(FingerFrame(raw: seen.raw, image: seen.image, trigger: trigger))
        }
    }

    package nonisolated func trigger() async {
        errand.send(.triggered)
        transport.wake()
    }

    package func describe() async throws(DeviceError) -> DeviceDescription {
        do throws(TransportError) {
            return DeviceDescription(product: product, serial: try transport.identify().serial)
        } catch {
            throw DeviceError(.scanner, error.scannerProblem, error.detail)
        }
    }

    // MARK: On the device's thread

    private func sessions(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) -> UareUProtocol.Outcome {
        // What is reported is what began it.
        var lost: TransportError?
        for _ in 0..<Self.mostSessions {
            guard !Task.isCancelled else { return .failed(.cancelled, detail: "") }
            do throws(TransportError) {
                try open()
            } catch {
                return .lost(lost ?? error)
            }
            let outcome = session(request, progress: progress)
            transport.close()
            guard case .lost(let error) = outcome else { return outcome }
            lost = lost ?? error
            guard hasReturned() else { break }
        }
        return .lost(lost ?? TransportError(.absent))
    }

    /// One session with the open scanner.
    private func session(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) -> UareUProtocol.Outcome {
        var limits = UareUProtocol.Limits()
        limits.fingerOn = request.limit
        var trigger = UareUProtocol.Trigger.firstPicture
        if case .automatic(let most, _) = request.trigger { trigger = .series(atMost: max(1, most)) }
        let machine = UareUProtocol(
            wantsChallengeResponse: parameters.wantsChallengeResponse, trigger: trigger, limits: limits, seeds: seeds)
        let owner = UareUSession.Owner(
            show: { stage in
                switch stage {
                case .placeFinger: progress(.placeFinger(request.position))
                case .reading: progress(.reading)
                case .liftFinger: progress(.liftFinger)
                }
            },
            judge: { self.judge($0, for: request.trigger, progress: progress) },
            takeSignals: { self.errand.takeSignals() })
        var session = UareUSession(machine: machine, transport: transport, owner: owner)
        return session.run()
    }

    /// What a picture of a series is worth, shown on the way. Next to nothing to see is worth less than
    /// anything that a judge could say.
    private func judge(
        _ picture: [UInt8], for trigger: FingerTrigger, progress: ProgressHandler
    ) -> UareUProtocol.Judgement {
        guard case .automatic(_, let judge) = trigger else {
            return UareUProtocol.Judgement(score: 0, isGood: true, isEmpty: false)
        }
        let seen = UareUFrame(picture, parameters: parameters)
        guard seen.retry != .liftedTooEarly else {
            return UareUProtocol.Judgement(score: -1, isGood: false, isEmpty: true)
        }
        let verdict = judge(seen.image)
        progress(.finger(FingerPreview(image: seen.image, score: verdict.score, hints: verdict.hints)))
        return UareUProtocol.Judgement(
            score: seen.retry == nil ? verdict.score : -1, isGood: verdict.isGood && seen.retry == nil, isEmpty: false)
    }

    /// A scanner that wakes from suspension may refuse the first opening.
    private func open() throws(TransportError) {
        for _ in 1..<Self.mostOpenings {
            do throws(TransportError) {
                return try transport.open(.vendorSpecific)
            } catch {
                guard error.isPassing else { throw error }
                transport.rest(.milliseconds(100))
            }
        }
        try transport.open(.vendorSpecific)
    }

    /// Waits for a scanner that was lost. Its address on the bus may be another one then.
    private func hasReturned() -> Bool {
        guard returnLimit > .zero else { return false }
        let deadline = transport.now + returnLimit
        while !Task.isCancelled {
            if (try? transport.identify()) != nil { return true }
            guard transport.now < deadline else { return false }
            transport.rest(.milliseconds(50))
        }
        return false
    }
}

extension TransportError {
    /// Cancelled means to a person that someone wished it; when the kernel does it, something is wrong.
    var scannerProblem: DeviceError.Problem {
        reason == .cancelled ? .protocolViolation : problem
    }
}
