import BiometricFormats
package import DeviceTransport
package import EnrolmentCore

/// A camera, or a picture file in its place, as the source of portraits.
///
/// The actor lives on its own thread, since waiting for a frame blocks. The portrait is the whole
/// frame: a JPEG frame is kept coefficient for coefficient, without its metadata and with the tables
/// that it may lack; only a raw or turned one is encoded here. Cropping to a passport's geometry is not
/// the camera's work.
package actor CameraPortrait: PortraitCapturing {
    private let source: any FrameSource
    private let trigger: PortraitTrigger
    private let now: @Sendable () -> Duration
    private let wallClock: any WallClock
    private let thread = DeviceThread(name: "camera")
    private let errand = Errand<PortraitProtocol.Event>()

    /// Of the JPEG that is kept: no artefact can be seen, and the file stays below a megabyte.
    private static let quality = 92

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - now: any monotonic clock.
    ///   - wallClock: dates the portraits.
    package init(
        source: any FrameSource, trigger: PortraitTrigger = .shutter, now: @escaping @Sendable () -> Duration,
        wallClock: any WallClock
    ) {
        self.source = source
        self.trigger = trigger
        self.now = now
        self.wallClock = wallClock
    }

    package func capture(
        within limit: Duration, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<PortraitSample> {
        errand.begin()
        defer { errand.end() }
        let result = await withTaskCancellationHandler {
            take(within: limit, progress: progress)
        } onCancel: { [errand] in
            errand.cancel(.cancelled)
        }
        return .captured(try result.get())
    }

    package nonisolated func shutter() async {
        requestShutter()
    }

    /// `shutter` for a caller that cannot wait, such as a progress handler.
    package nonisolated func requestShutter() {
        errand.send(.shutter)
    }

    package func describe() async throws(DeviceError) -> DeviceDescription {
        do {
            _ = try source.start()
        } catch {
            throw DeviceError(.camera, error.problem, error.detail)
        }
        defer { source.stop() }
        return DeviceDescription(product: source.name)
    }

    /// Performs what the protocol asks for, and stops the source however it ends.
    private func take(
        within limit: Duration, progress: ProgressHandler
    ) -> Result<PortraitSample, DeviceError> {
        let source = source
        defer { source.stop() }
        errand.onCancel { source.cancel() }
        var session = PortraitProtocol(trigger, within: limit)
        var shot = Shot()
        var effects = session.handle(.begin, at: now())[...]
        while let effect = effects.popFirst() {
            if case .end(.failed(let error)) = effect { return .failure(error) }
            if case .end(.taken) = effect, let sample = shot.sample { return .success(sample) }
            for signal in errand.takeSignals() { effects += session.handle(signal, at: now()) }
            effects += session.handle(perform(effect, &shot, progress: progress), at: now())
        }
        return .failure(DeviceError(.camera, .protocolViolation, "the capture broke off"))
    }

    /// The frame in hand and what became of it.
    private struct Shot {
        var format = FrameFormat.motionJPEG
        var frame: [UInt8] = []
        var sample: PortraitSample?
    }

    private func perform(
        _ effect: PortraitProtocol.Effect, _ shot: inout Shot, progress: ProgressHandler
    ) -> PortraitProtocol.Event {
        do throws(TransportError) {
            switch effect {
            case .start:
                shot.format = try source.start()
                return .started
            case .next(let limit):
                shot.frame = try source.nextFrame(within: limit)
                return .frame
            case .show:
                guard let picture = FramePicture.preview(of: shot.frame, shot.format) else { return .unreadable }
                progress(.preview(picture))
                return .shown
            case .keep:
                shot.sample = portrait(shot.frame, shot.format)
                return shot.sample == nil ? .unreadable : .kept
            case .end: return .quiet
            }
        } catch  where error.reason == .timedOut && effect != .start {
            return .quiet
        } catch {
            return .failed(error)
        }
    }

    private func portrait(_ frame: [UInt8], _ format: FrameFormat) -> PortraitSample? {
        guard let picture = FramePicture.whole(of: frame, format), let jpeg = file(of: picture, from: frame, format)
        else { return nil }
        return PortraitSample(
            jpeg: jpeg, width: picture.width, height: picture.height, capturedAt: wallClock.now(),
            device: DeviceDescription(product: source.name))
    }

    /// The frame's own compressed picture where it can be kept, so that nothing is compressed twice.
    private func file(of picture: RGBImage, from frame: [UInt8], _ format: FrameFormat) -> [UInt8]? {
        if format == .motionJPEG, let kept = try? JPEGCodec().cleaned(frame) { return kept }
        return try? JPEGCodec().encode(picture, quality: Self.quality)
    }
}
