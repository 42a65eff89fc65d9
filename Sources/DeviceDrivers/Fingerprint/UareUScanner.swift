package import DeviceProfiles
package import DeviceTransport
package import EnrolmentCore

/// A U.are.U fingerprint scanner over any USB transport.
///
/// Pinned to its own thread, since it waits in C. Every capture opens the scanner anew and powers it up
/// from scratch: a laptop that slept in between leaves a scanner that has forgotten everything.
package actor UareUScanner: FingerprintCapturing {
    private let thread = DeviceThread(name: "scanner")
    private let transport: any USBTransport
    private let product: String
    private let parameters: ScannerParameters
    private let seeds: UareUKeySeeds

    nonisolated package var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// The driver's name in profiles.
    package static let driverName = "uareu"

    /// - Parameter seeds: random in the field; listed when a recorded session is replayed.
    /// - Throws: `ProfileError` when the profile lacks a figure that the driver needs.
    package init(
        profile: DeviceProfile, transport: any USBTransport, seeds: UareUKeySeeds = .random
    ) throws(ProfileError) {
        parameters = try ScannerParameters(profile)
        guard parameters.columns == UareUPacket.columns, parameters.rows == UareUPacket.rows else {
            throw ProfileError.parameter(profile: profile.id, name: "columns, rows")
        }
        product = profile.name
        self.transport = transport
        self.seeds = seeds
    }

    package func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        let transport = transport
        let outcome = await withTaskCancellationHandler {
            session(request.position, within: request.limit, progress: progress)
        } onCancel: {
            transport.wake()
        }
        switch outcome {
        case .failed(let problem, let detail): throw DeviceError(.scanner, problem, detail)
        case .retry(let retry): return .retry(retry)
        case .picture(let picture):
            let frame = UareUFrame(picture, parameters: parameters)
            if let retry = frame.retry { return .retry(retry) }
            return .captured(frame.frame)
        }
    }

    /// The first picture is taken in any case.
    package func trigger() async {}

    package func describe() async throws(DeviceError) -> DeviceDescription {
        do throws(TransportError) {
            return DeviceDescription(product: product, serial: try transport.identify().serial)
        } catch {
            throw DeviceError(.scanner, error.problem, error.detail)
        }
    }

    /// One session from opening to closing, on the device's thread.
    private func session(
        _ position: FingerPosition, within limit: Duration, progress: ProgressHandler
    ) -> UareUProtocol.Outcome {
        guard !Task.isCancelled else { return .failed(.cancelled, detail: "") }
        do throws(TransportError) {
            try open()
        } catch {
            return .failed(error.problem, detail: error.technicalText)
        }
        defer { transport.close() }
        var limits = UareUProtocol.Limits()
        limits.fingerOn = limit
        let machine = UareUProtocol(
            wantsChallengeResponse: parameters.wantsChallengeResponse, limits: limits, seeds: seeds)
        var session = UareUSession(machine: machine, transport: transport)
        return session.run { stage in
            switch stage {
            case .placeFinger: progress(.placeFinger(position))
            case .reading: progress(.reading)
            case .liftFinger: progress(.liftFinger)
            }
        }
    }

    /// A scanner that wakes from suspension may refuse the first opening.
    private func open() throws(TransportError) {
        do throws(TransportError) {
            try transport.open(.vendorSpecific)
        } catch  where error.isPassing {
            try transport.open(.vendorSpecific)
        }
    }
}
