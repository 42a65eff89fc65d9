package import DeviceTransport
package import EnrolmentCore

/// A Wacom STU signature pad.
///
/// The actor lives on its own thread, since every call to the pad blocks. One capture runs at a
/// time; a second one waits for the first. `progress` is called on that thread and must return at
/// once: the kernel keeps only 64 reports, a third of a second, for a reader that is late.
package actor STUPad: SignatureCapturing {
    /// The pads that speak this protocol: STU-500, 300, 520A, 430, 530, 430V and 540. The STU-541
    /// (00A9) speaks TLS and is another device.
    package static let productIDs: ClosedRange<UInt16> = 0x00A1...0x00A8
    package static let vendorID: UInt16 = 0x056A

    private let transport: any HIDTransport
    private let now: @Sendable () -> Duration
    private let wallClock: any WallClock
    private let rest: Duration
    private let thread = DeviceThread(name: "signature-pad")
    private let errand = Errand<STUProtocol.Event>()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - now: any monotonic clock.
    ///   - wallClock: dates the samples.
    ///   - rest: how long the pen must rest to mean that the signature is done.
    package init(
        transport: any HIDTransport, now: @escaping @Sendable () -> Duration, wallClock: any WallClock,
        rest: Duration = .seconds(3)
    ) {
        self.transport = transport
        self.now = now
        self.wallClock = wallClock
        self.rest = rest
    }

    package func capture(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<SignatureSample> {
        let outcome = await cancellable {
            self.converse(.sign(limit: limit, rest: self.rest), progress: progress)
        }
        switch outcome {
        case .signed(let strokes, let geometry, let device):
            return .captured(
                SignatureSample(strokes: strokes, geometry: geometry, capturedAt: wallClock.now(), device: device))
        case .retry(let retry): return .retry(retry)
        case .failed(let error): throw error
        case .described: throw DeviceError(.signaturePad, .protocolViolation, "no ink was taken")
        }
    }

    package nonisolated func finish() async {
        requestFinish()
    }

    /// `finish` for a caller that cannot wait, such as a progress handler.
    package nonisolated func requestFinish() {
        errand.send(.finish)
    }

    package func describe() async throws(DeviceError) -> DeviceDescription {
        switch await cancellable({ self.converse(.describe) { _ in } }) {
        case .described(let device): return device
        case .failed(let error): throw error
        case .signed, .retry: throw DeviceError(.signaturePad, .protocolViolation, "not described")
        }
    }

    private func cancellable(_ body: () -> STUProtocol.Outcome) async -> STUProtocol.Outcome {
        errand.begin()
        defer { errand.end() }
        return await withTaskCancellationHandler {
            // The closure belongs to the actor only because it uses `self`; without that it would
            // run, and block, on a thread of the cooperative pool.
            self.outcome(of: body)
        } onCancel: { [errand] in
            errand.cancel(.cancelled)
        }
    }

    private func outcome(of body: () -> STUProtocol.Outcome) -> STUProtocol.Outcome { body() }

    /// Opens the pad, performs what the protocol asks for, and closes the pad however it ends.
    private func converse(
        _ purpose: STUProtocol.Purpose, progress: ProgressHandler
    ) -> STUProtocol.Outcome {
        let connection: any HIDConnection
        let device: HIDDevice
        do {
            device = try findPad()
            connection = try transport.open(device)
        } catch {
            return .failed(DeviceError(.signaturePad, error.problem, error.detail))
        }
        defer { connection.close() }
        errand.onCancel { connection.cancel() }
        var conversation = STUProtocol(purpose, serial: device.serial)
        var effects = conversation.handle(.begin, at: now())[...]
        while let effect = effects.popFirst() {
            if case .end(let outcome) = effect { return outcome }
            for signal in errand.takeSignals() { effects += conversation.handle(signal, at: now()) }
            guard let event = perform(effect, on: connection, progress: progress) else { continue }
            effects += conversation.handle(event, at: now())
        }
        return .failed(DeviceError(.signaturePad, .protocolViolation, "the conversation broke off"))
    }

    private func findPad() throws(TransportError) -> HIDDevice {
        let devices = try transport.list(vendorID: Self.vendorID)
        guard let pad = devices.first(where: { Self.productIDs.contains($0.productID) }) else {
            throw TransportError(.absent, devices.isEmpty ? "" : "another device of the same maker")
        }
        return pad
    }

    /// Performs one effect.
    ///
    /// - Returns: its result, or nil for an effect that has none.
    private func perform(
        _ effect: STUProtocol.Effect, on connection: any HIDConnection, progress: ProgressHandler
    ) -> STUProtocol.Event? {
        do throws(TransportError) {
            switch effect {
            case .ask(let id, let length): return .reply(try connection.featureReport(id, length: length))
            case .send(let report):
                try connection.setFeatureReport(report)
                return .accepted
            case .read(let limit): return .input(try connection.inputReport(within: limit))
            case .progress(let step):
                progress(step)
                return nil
            case .end: return nil
            }
        } catch  where error.reason == .timedOut && effect.isRead {
            return .quiet
        } catch {
            return .failed(error)
        }
    }
}

extension STUProtocol.Effect {
    fileprivate var isRead: Bool {
        if case .read = self { true } else { false }
    }
}
