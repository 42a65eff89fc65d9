import DeviceTransport
import Glibc

/// A TCP socket of the server, listening or connected.
///
/// The descriptor is closed by the one thread that owns it; other threads only shut it down.
struct USBIPSocket: Sendable {
    private let descriptor: Int32

    /// Listens.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address.
    ///   - port: 0 for one that is free.
    init(listeningAt host: String, port: UInt16) throws(USBIPFailure) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw .notListening(EINVAL) }
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .notListening(errno) }
        // A server that was just stopped still has its port in waiting.
        set(SOL_SOCKET, SO_REUSEADDR, Int32(1))
        let isListening = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 && listen(descriptor, 16) == 0
            }
        }
        guard isListening else {
            let number = errno
            Glibc.close(descriptor)
            throw .notListening(number)
        }
    }

    private init(connected descriptor: Int32) {
        self.descriptor = descriptor
        set(Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
    }

    /// The port that it listens at.
    var port: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isKnown = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) == 0 }
        }
        return isKnown ? UInt16(bigEndian: address.sin_port) : 0
    }

    /// The next client; nil once it is shut down.
    func accepted() -> USBIPSocket? {
        while true {
            let client = accept(descriptor, nil, nil)
            if client >= 0 { return USBIPSocket(connected: client) }
            // A client may leave before it is taken, and descriptors may be short for a moment.
            guard [EINTR, ECONNABORTED, EMFILE, ENFILE].contains(errno) else { return nil }
            if errno != EINTR { poll(nil, 0, 10) }
        }
    }

    /// How long a client may let the server wait for a byte; nil for as long as it likes.
    func limitReading(_ limit: Duration?) {
        set(SOL_SOCKET, SO_RCVTIMEO, time(limit))
    }

    /// How long a client may let the server wait until it takes bytes.
    func limitWriting(_ limit: Duration) {
        set(SOL_SOCKET, SO_SNDTIMEO, time(limit))
    }

    func receive(_ count: Int) throws(USBIPFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var have = 0
        while have < count {
            let got = bytes[have...].withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
            if got > 0 { have += got } else if got == 0 { throw .closed } else { try check(errno) }
        }
        return bytes
    }

    func send(_ bytes: [UInt8]) throws(USBIPFailure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else { try check(errno) }
        }
    }

    /// Ends every call under way, on any thread.
    func shutDown() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    func close() {
        Glibc.close(descriptor)
    }

    private func check(_ number: Int32) throws(USBIPFailure) {
        switch number {
        case EINTR: return
        case EAGAIN: throw .silent
        default: throw .closed
        }
    }

    private func time(_ limit: Duration?) -> timeval {
        let milliseconds = Int(limit?.timeoutMilliseconds() ?? 0)
        return timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
    }

    private func set<Value: BitwiseCopyable>(_ level: Int32, _ option: Int32, _ value: Value) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Value>.size))
    }
}
