import DeviceTransport
import Foundation
import Testing

@testable import DeviceTransportLinux

/// What can be asked without a camera; with one, see `Tests/Witness/camera-vivid.sh`.
@Suite("V4L2 and picture files")
struct V4L2FrameSourceTests {
    private func reason(_ body: () throws -> Void) -> TransportError.Reason? {
        do {
            try body()
            return nil
        } catch {
            return (error as? TransportError)?.reason
        }
    }

    @Test("A camera that is not there is absent, and so is a node that is no camera")
    func absent() {
        for path in ["/dev/video-none", "/dev/null", "/dev/zero"] {
            let source = V4L2FrameSource(path: path)
            #expect(reason { _ = try source.start() } == .absent, "\(path)")
            #expect(reason { _ = try source.nextFrame(within: .zero) } == .absent)
            source.stop()
        }
    }

    @Test("A picture file is every frame, as it is")
    func stillImage() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "still-\(UUID().uuidString).jpg")
        defer { try? FileManager.default.removeItem(at: url) }
        let bytes = [UInt8](repeating: 0xD8, count: 70_000)
        try Data(bytes).write(to: url)
        let source = StillImageFrameSource(path: url.path)
        #expect(try source.start() == .motionJPEG)
        #expect(try source.nextFrame(within: .zero) == bytes)
        #expect(try source.nextFrame(within: .zero) == bytes)
        source.cancel()
        #expect(reason { _ = try source.nextFrame(within: .zero) } == .cancelled)
        #expect(try source.nextFrame(within: .zero) == bytes)
    }

    @Test("What is no plain file of a picture's size is refused")
    func noFile() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "empty-\(UUID().uuidString).jpg")
        defer { try? FileManager.default.removeItem(at: url) }
        #expect(reason { _ = try StillImageFrameSource(path: url.path).start() } == .absent)
        try Data().write(to: url)
        #expect(reason { _ = try StillImageFrameSource(path: url.path).start() } == .inputOutput)
        let file = try FileHandle(forWritingTo: url)
        try file.truncate(atOffset: 33 << 20)
        #expect(reason { _ = try StillImageFrameSource(path: url.path).start() } == .overflow)
        #expect(reason { _ = try StillImageFrameSource(path: "/dev/null").start() } == .inputOutput)
        #expect(
            reason { _ = try StillImageFrameSource(path: FileManager.default.temporaryDirectory.path).start() }
                == .inputOutput)
    }

    @Test(
        "A time-out is rounded up and never negative",
        arguments: [
            (Duration.zero, 0), (.milliseconds(-5), 0), (.microseconds(1), 1), (.milliseconds(50), 50),
            (.seconds(3), 3000),
            (.seconds(Int64.max), Int32.max),
        ] as [(Duration, Int32)])
    func timeouts(duration: Duration, milliseconds: Int32) {
        #expect(duration.timeoutMilliseconds() == milliseconds)
    }
}
