package import DeviceProfiles
package import DeviceTransport
package import EnrolmentCore

/// A MorphoSmart module (Sagem, Morpho, IDEMIA: MSO and CBM) over any USB transport.
///
/// Pinned to its own thread, since it waits in C. Every capture opens the module anew and ends whatever an
/// earlier session left running in it. It only ever takes pictures: see `MorphoCommand`.
package actor MorphoScanner: FingerprintCapturing {
    private let thread = DeviceThread(name: "scanner")
    private let transport: any USBTransport
    private let product: String
    private let parameters: MorphoParameters
    private let errand = Errand<MorphoProtocol.Event>()

    nonisolated package var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The driver's name in profiles.
    package static let driverName = "morpho"

    /// A module takes no picture before it finds the finger good, and may then want it lifted: more of them
    /// would tire the person and gain little.
    private static let mostPictures = 3

    /// - Parameter calibration: what was measured on this very module; else each picture's header counts.
    /// - Throws: `ProfileError` when the profile lacks a figure that the driver needs.
    package init(
        profile: DeviceProfile, transport: any USBTransport, calibration: ScannerScale? = nil
    ) throws(ProfileError) {
        parameters = try MorphoParameters(profile).scaled(by: calibration)
        product = profile.name
        self.transport = transport
    }

    /// As the capability says, but for the finger's leaving: a module can only be asked about its glass by
    /// the next command, and then says itself that the finger must go first.
    package func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        let transport = transport
        errand.begin()
        defer { errand.end() }
        errand.onCancel { transport.wake() }
        let outcome = await withTaskCancellationHandler {
            session(purpose(of: request), owner(for: request, progress))
        } onCancel: { [errand] in
            errand.cancel(.cancelled)
        }
        switch outcome {
        case .failed(let problem, let detail): throw DeviceError(.scanner, problem, detail)
        case .retry(let retry): return .retry(retry)
        case .picture(let image, let trigger): return .captured(image.frame(parameters, trigger: trigger))
        case .description: throw DeviceError(.scanner, .protocolViolation, "no picture")
        }
    }

    /// The next picture that the module takes counts; it has no command to take one at once.
    nonisolated package func trigger() async {
        errand.send(.triggered)
        transport.wake()
    }

    /// Opens the module and asks it, so it also says whether a capture would find it.
    package func describe() async throws(DeviceError) -> DeviceDescription {
        let listing: USBDeviceListing
        do throws(TransportError) {
            listing = try transport.identify()
        } catch {
            throw DeviceError(.scanner, error.scannerProblem, error.detail)
        }
        let nobody = MorphoSession.Owner(show: { _ in }, judge: { _ in (0, true) }, takeSignals: { [] })
        switch session(.description, nobody) {
        case .failed(let problem, let detail): throw DeviceError(.scanner, problem, detail)
        case .description(let description):
            let text = description.product.map { "\(product) (\($0))" }
            return DeviceDescription(product: text ?? product, serial: listing.serial)
        case .retry, .picture: throw DeviceError(.scanner, .protocolViolation, "no description")
        }
    }

    private func purpose(of request: FingerCaptureRequest) -> MorphoProtocol.Purpose {
        switch request.trigger {
        case .firstPicture: .picture(.firstPicture, within: request.limit)
        case .automatic(let most, _):
            .picture(.series(atMost: min(Self.mostPictures, max(1, most))), within: request.limit)
        }
    }

    private func owner(
        for request: FingerCaptureRequest, _ progress: @escaping ProgressHandler
    ) -> MorphoSession.Owner {
        let parameters = parameters
        return MorphoSession.Owner(
            show: { stage in
                switch stage {
                case .placeFinger: progress(.placeFinger(request.position))
                case .hint(.fingerIsGood): progress(.reading)
                case .hint(.removeFinger): progress(.liftFinger)
                case .hint(let hint): progress(.hint(PlacementHint(hint)))
                case .preview(let image):
                    progress(.finger(FingerPreview(image: image.upright(parameters), score: nil, hints: [])))
                }
            },
            judge: { image in
                guard case .automatic(_, let judge) = request.trigger else { return (0, true) }
                let picture = image.atStandardScale(parameters)
                let verdict = judge(picture)
                progress(.finger(FingerPreview(image: picture, score: verdict.score, hints: verdict.hints)))
                return (verdict.score, verdict.isGood)
            },
            takeSignals: { [errand] in errand.takeSignals() })
    }

    /// One session from opening to closing, on the device's thread.
    private func session(
        _ purpose: MorphoProtocol.Purpose, _ owner: MorphoSession.Owner
    ) -> MorphoProtocol.Outcome {
        guard !Task.isCancelled else { return .failed(.cancelled, detail: "") }
        do throws(TransportError) {
            try open()
        } catch {
            return .failed(error.scannerProblem, detail: error.technicalText)
        }
        defer { transport.close() }
        var session = MorphoSession(
            machine: MorphoProtocol(purpose), transport: transport, readEndpoint: parameters.readEndpoint,
            writeEndpoint: parameters.writeEndpoint, owner: owner)
        return session.run()
    }

    /// A module that wakes from suspension may refuse the first opening.
    private func open() throws(TransportError) {
        do throws(TransportError) {
            try transport.open(.number(parameters.interface))
        } catch  where error.isPassing {
            try transport.open(.number(parameters.interface))
        }
    }
}
