import BiometricFormats
import DeviceEmulation
import DeviceTransport
import EnrolmentCore
import Synchronization
import Testing

@testable import DeviceDrivers

/// The driver against the camera at the wire, in simulated time.
@Suite("A camera", .timeLimit(.minutes(2)))
struct CameraPortraitTests {
    private struct FixedClock: WallClock {
        func now() -> Timestamp { Timestamp(milliseconds: 1_795_000_000_000) }
    }

    private func camera(_ faults: CameraFault..., width: Int = 105) -> EmulatedCamera {
        EmulatedCamera(seed: 7, width: width, pace: .simulated, faults: faults)
    }

    private func portrait(_ camera: EmulatedCamera, _ trigger: PortraitTrigger = .shutter) -> CameraPortrait {
        CameraPortrait(source: camera, trigger: trigger, now: { camera.now }, wallClock: FixedClock())
    }

    /// Presses the shutter at the n-th preview and gives the portrait, or what went wrong.
    private func shoot(
        _ camera: EmulatedCamera, atPreview wanted: Int = 3, within limit: Duration = .seconds(60)
    ) async -> Result<PortraitSample, DeviceError> {
        let driver = portrait(camera)
        let previews = Mutex(0)
        do throws(DeviceError) {
            let outcome = try await driver.capture(within: limit) { step in
                guard case .preview = step else { return }
                if previews.withLock({ count in
                    count += 1
                    return count == wanted
                }) {
                    driver.requestShutter()
                }
            }
            guard case .captured(let sample) = outcome else {
                return .failure(DeviceError(.camera, .protocolViolation))
            }
            return .success(sample)
        } catch {
            #expect(error.device == .camera)
            return .failure(error)
        }
    }

    private func problem(_ camera: EmulatedCamera, within limit: Duration = .seconds(60)) async -> DeviceError.Problem?
    {
        if case .failure(let error) = await shoot(camera, within: limit) { error.problem } else { nil }
    }

    @Test("The shutter gives one whole picture that decodes, dated, and the camera is stopped")
    func shutter() async throws {
        let camera = camera(width: 210)
        let sample = try await shoot(camera).get()
        #expect((sample.width, sample.height) == (210, 270))
        let picture = try JPEGCodec().decodeRGB(sample.jpeg)
        #expect((picture.width, picture.height) == (210, 270))
        #expect(sample.capturedAt == FixedClock().now())
        #expect(sample.device == DeviceDescription(product: "Camera (emulated)"))
        #expect(!camera.isStreaming)
    }

    @Test("The portrait is the face that sat there, within what JPEG changes")
    func samePicture() async throws {
        let sample = try await shoot(camera(width: 210)).get()
        let (is_, drawn) = (try JPEGCodec().decodeRGB(sample.jpeg), DrawnFace.picture(seed: 7, width: 210))
        let error = zip(is_.pixels, drawn.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(error) / Double(drawn.pixels.count) < 6)
    }

    @Test("Previews are small and no more than a dozen a second")
    func previews() async throws {
        let camera = EmulatedCamera(seed: 1, width: 700, pace: .simulated)
        let driver = portrait(camera)
        let shown = Mutex<[(Int, Duration)]>([])
        _ = try await driver.capture(within: .seconds(60)) { step in
            guard case .preview(let picture) = step else { return }
            let count = shown.withLock {
                $0.append((picture.width, camera.now))
                return $0.count
            }
            if count == 5 { driver.requestShutter() }
        }
        let all = shown.withLock { $0 }
        #expect(all.allSatisfy { (160...325).contains($0.0) })
        for (earlier, later) in zip(all, all.dropFirst()) { #expect(later.1 - earlier.1 >= .milliseconds(80)) }
    }

    @Test("Without an officer, the frame after the first so many is the portrait")
    func byItself() async throws {
        let camera = camera()
        guard
            case .captured = try await portrait(camera, .afterFrames(10)).capture(
                within: .seconds(9), progress: { _ in })
        else {
            Issue.record("no portrait")
            return
        }
        #expect(camera.frameCount == 11)
    }

    @Test(
        "A camera that is absent, in use, or not permitted is named",
        arguments: [
            (TransportError.Reason.absent, DeviceError.Problem.absent), (.busy, .busy),
            (.permissionDenied, .permissionDenied),
        ])
    func refused(reason: TransportError.Reason, problem: DeviceError.Problem) async {
        #expect(await self.problem(camera(.refusesStart(reason))) == problem)
        await #expect(throws: DeviceError(.camera, problem, "emulated")) {
            try await portrait(self.camera(.refusesStart(reason))).describe()
        }
    }

    @Test("A camera unplugged at any frame is named, and stopped")
    func unplugged() async {
        for frame in 0..<5 {
            let camera = camera(.unpluggedAtFrame(frame))
            #expect(await problem(camera) == .unplugged, "frame \(frame)")
            #expect(!camera.isStreaming)
        }
    }

    @Test("A failure at any frame is a named error", arguments: TransportError.Reason.allCases)
    func everyFrameFails(reason: TransportError.Reason) async {
        for frame in 0..<4 {
            let camera = camera(.failure(frame: frame, reason))
            // A time-out alone is no failure: the next frame may come.
            #expect(await problem(camera) == (reason == .timedOut ? nil : TransportError(reason).problem))
            #expect(!camera.isStreaming)
        }
    }

    @Test("Damaged frames are skipped, at the preview and at the shutter")
    func damagedFrames() async throws {
        for faults in [CameraFault.cutFrames(0..<4), .garbledFrames(2..<9), .cutFrames(4..<20)] {
            let sample = try await shoot(camera(faults)).get()
            #expect((try? JPEGCodec().decodeRGB(sample.jpeg)) != nil)
        }
    }

    @Test("A camera that gives no whole picture at all is given up after a bounded number")
    func onlyDamaged() async {
        let camera = camera(.garbledFrames(0..<1_000_000))
        #expect(await problem(camera) == .unreadable)
        #expect((31...62).contains(camera.frameCount))
    }

    @Test("A camera that falls silent is given up")
    func silent() async {
        #expect(await problem(camera(.silentFromFrame(2))) == .timedOut)
    }

    @Test("Nobody presses the shutter: the capture ends in time")
    func nobodyShoots() async {
        let camera = camera()
        guard case .failure(let error) = await shoot(camera, atPreview: .max, within: .seconds(3)) else {
            Issue.record("a portrait that nobody took")
            return
        }
        #expect(error.problem == .timedOut)
        #expect(camera.now < .seconds(4))
        #expect(!camera.isStreaming)
    }

    @Test("A cancelled task ends as cancelled, and the camera is stopped")
    func cancelled() async throws {
        let camera = camera()
        let driver = portrait(camera)
        let task = Task { () -> DeviceError.Problem? in
            withUnsafeCurrentTask { $0?.cancel() }
            do throws(DeviceError) {
                _ = try await driver.capture(within: .seconds(60)) { _ in }
                return nil
            } catch {
                return error.problem
            }
        }
        #expect(await task.value == .cancelled)
        #expect(!camera.isStreaming)
        #expect(try await driver.describe().product == "Camera (emulated)")
        guard case .success = await shoot(camera) else {
            Issue.record("the next capture was cancelled too")
            return
        }
    }
}
