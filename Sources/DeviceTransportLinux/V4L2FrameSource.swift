import CV4L2
package import DeviceTransport
import Glibc
import Synchronization

/// Frames of a V4L2 camera through memory-mapped buffers.
///
/// It asks for motion JPEG at the wished size and takes what the driver answers: MJPEG, or raw
/// YUYV for a camera that has no MJPEG; anything else is refused.
package final class V4L2FrameSource: FrameSource {
    /// `/dev/videoN`, or a stable link to it below `/dev/v4l/by-id`.
    package let path: String
    private let width: Int
    private let height: Int
    private let stream = Mutex<V4L2Stream?>(nil)
    private let cancelSign = CancelSign()

    /// - Parameters:
    ///   - width: wished width in pixels; the camera may choose another.
    ///   - height: wished height in pixels.
    package init(path: String, width: Int = 1920, height: Int = 1080) {
        self.path = path
        self.width = width
        self.height = height
    }

    package var name: String {
        stream.withLock { $0?.card } ?? (try? V4L2Node(path: path))?.card ?? "V4L2"
    }

    /// The nodes that capture video, in the order of their numbers.
    package static func cameras() -> [String] {
        (0..<64).map { "/dev/video\($0)" }.filter { access($0, F_OK) == 0 && (try? V4L2Node(path: $0)) != nil }
    }

    package func start() throws(TransportError) -> FrameFormat {
        stop()
        _ = cancelSign.take()
        let started = try V4L2Stream(node: try V4L2Node(path: path), width: width, height: height)
        stream.withLock { $0 = started }
        return started.format
    }

    package func nextFrame(within limit: Duration) throws(TransportError) -> [UInt8] {
        guard let stream = stream.withLock({ $0 }) else { throw TransportError(.absent, "not started") }
        let deadline = ContinuousClock.now + limit
        while true {
            if cancelSign.take() { throw TransportError(.cancelled, "frame") }
            let slice = min(ContinuousClock.now.duration(to: deadline), CancelSign.slice)
            if let frame = try stream.frame(within: slice) { return frame }
            if ContinuousClock.now >= deadline { throw TransportError(.timedOut, "frame") }
        }
    }

    package func cancel() { cancelSign.raise() }

    package func stop() {
        stream.withLock { $0 = nil }
    }
}
