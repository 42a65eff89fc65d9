import CV4L2
import DeviceTransport
import Glibc

/// An open video node that can capture and stream; closes itself.
final class V4L2Node: Sendable {
    let descriptor: Int32
    /// The driver's name for the camera.
    let card: String

    init(path: String) throws(TransportError) {
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.error(errno, "open") }
        do {
            card = try Self.card(of: descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Makes one request, again when a signal came between.
    func request<Argument>(
        _ number: UInt, _ argument: inout Argument, _ name: String
    ) throws(TransportError) {
        let failure = Self.request(descriptor, number, &argument)
        guard failure == 0 else { throw Self.error(failure, name) }
    }

    /// - Returns: 0, or the error number.
    static func request<Argument>(_ descriptor: Int32, _ number: UInt, _ argument: inout Argument) -> Int32 {
        while true {
            let result = withUnsafeMutablePointer(to: &argument) {
                ioctl(descriptor, number, UnsafeMutableRawPointer($0))
            }
            guard result < 0 else { return 0 }
            let failure = errno
            guard failure == EINTR else { return failure }
        }
    }

    static func error(_ number: Int32, _ call: String) -> TransportError {
        let reason: TransportError.Reason =
            switch number {
            case ENOENT, ENXIO, ENOTTY: .absent
            case ENODEV: .unplugged
            case EACCES, EPERM: .permissionDenied
            case EBUSY: .busy
            case ETIMEDOUT: .timedOut
            case EPIPE: .stalled
            default: .inputOutput
            }
        return TransportError(reason, "\(call): \(String(cString: strerror(number)))")
    }

    /// Refuses a node that cannot capture: a camera has a second node for metadata, and
    /// `capabilities` speaks for the whole camera, so only `device_caps` counts.
    private static func card(of descriptor: Int32) throws(TransportError) -> String {
        var capability = v4l2_capability()
        let failure = request(descriptor, UInt(cv4l2_querycap), &capability)
        guard failure == 0 else { throw error(failure, "VIDIOC_QUERYCAP") }
        let needed = UInt32(V4L2_CAP_VIDEO_CAPTURE) | UInt32(V4L2_CAP_STREAMING)
        guard capability.device_caps & needed == needed else { throw TransportError(.absent, "no capture node") }
        return withUnsafeBytes(of: capability.card) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
