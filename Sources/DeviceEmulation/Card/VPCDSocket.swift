import Glibc

/// The TCP connection of an emulated card to vpcd.
///
/// The descriptor is closed by the one thread that serves; other threads only shut it down.
struct VPCDSocket: Sendable {
    private let descriptor: Int32

    init(host: String, port: UInt16) throws(VPCDClient.Failure) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw .unreachable(EINVAL) }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .unreachable(errno) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            let number = errno
            Glibc.close(descriptor)
            throw .unreachable(number)
        }
        set(TCP_NODELAY)
    }

    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// POLLRDHUP, which Glibc's headers show to C with GNU's extensions only.
    private static let peerIsGone: Int16 = 0x2000

    /// Passes so much time, or less when the connection ends.
    func pause(_ duration: Duration) {
        guard duration > .zero else { return }
        var watched = pollfd(fd: descriptor, events: Self.peerIsGone, revents: 0)
        poll(&watched, 1, Int32(clamping: Int((duration / .milliseconds(1)).rounded(.up))))
    }

    func close() {
        Glibc.close(descriptor)
    }

    /// The content of the next frame.
    func receive() throws(VPCDClient.Failure) -> [UInt8] {
        let header = try read(2)
        let length = Int(header[0]) << 8 | Int(header[1])
        guard length > 0 else { throw .badFrame }
        return try read(length)
    }

    func send(_ content: [UInt8]) throws(VPCDClient.Failure) {
        guard content.count <= 0xFFFF else { throw .badFrame }
        let frame = [UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
        var sent = 0
        while sent < frame.count {
            let count = frame[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else if errno != EINTR { throw .readerGone }
        }
    }

    private func read(_ count: Int) throws(VPCDClient.Failure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            // The kernel forgets this option after each segment. Without it, it waits some 40 ms
            // before it acknowledges vpcd's length, and vpcd waits for that before it sends the rest.
            set(TCP_QUICKACK)
            let got = bytes[have...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            set(TCP_QUICKACK)
            if got > 0 { have += got } else if got == 0 || errno != EINTR { throw .readerGone }
        }
        return bytes
    }

    private func set(_ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), option, &on, socklen_t(MemoryLayout<Int32>.size))
    }
}
