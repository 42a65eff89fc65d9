package import DeviceTransport
import Glibc

/// A JPEG file in the place of a camera: every frame is that picture, at most five times a second.
///
/// Whether it is a JPEG at all is for the driver to find out, as with a camera's frames.
package final class StillImageFrameSource: FrameSource {
    private let path: String
    private let cancelSign = CancelSign()

    /// A portrait of the largest camera takes a few megabytes; more is no portrait.
    private static let largestFile = 32 << 20
    private static let interval: Duration = .milliseconds(200)

    package init(path: String) {
        self.path = path
    }

    package let name = "picture file"

    package func start() throws(TransportError) -> FrameFormat {
        _ = cancelSign.take()
        _ = try read()
        return .motionJPEG
    }

    package func nextFrame(within limit: Duration) throws(TransportError) -> [UInt8] {
        if cancelSign.take() { throw TransportError(.cancelled, "frame") }
        let frame = try read()
        // Paced, since a preview loop would otherwise decode the same picture without rest.
        poll(nil, 0, min(limit, Self.interval).timeoutMilliseconds())
        return frame
    }

    package func cancel() { cancelSign.raise() }

    package func stop() {}

    private func read() throws(TransportError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw V4L2Node.error(errno, "open") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw TransportError(.inputOutput, "not a file")
        }
        guard status.st_size > 0 else { throw TransportError(.inputOutput, "empty") }
        guard status.st_size <= Self.largestFile else { throw TransportError(.overflow, "\(status.st_size) bytes") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled)
            }
            guard count > 0 else { throw V4L2Node.error(count < 0 ? errno : EIO, "read") }
            filled += count
        }
        return bytes
    }
}
