import Glibc

/// A TCP socket on this machine; closed with its last owner.
final class TCPSocket: Sendable {
    struct Failure: Error { let code: Int32 }

    let descriptor: Int32

    private init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Failure(code: errno) }
    }

    private init(owning descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    static func listening(on port: UInt16 = 0) throws -> TCPSocket {
        let made = try TCPSocket()
        var yes: Int32 = 1
        setsockopt(made.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard withAddress(port, { bind(made.descriptor, $0, $1) }) == 0, listen(made.descriptor, 16) == 0 else {
            throw Failure(code: errno)
        }
        return made
    }

    static func connected(to port: UInt16) throws -> TCPSocket {
        let made = try TCPSocket()
        guard withAddress(port, { connect(made.descriptor, $0, $1) }) == 0 else { throw Failure(code: errno) }
        return made
    }

    /// The lower of two neighbouring ports that are free just now.
    static func freePair() throws -> UInt16 {
        while true {
            let lower = try listening()
            let port = lower.port
            guard port < UInt16.max, (try? listening(on: port + 1)) != nil else { continue }
            return port
        }
    }

    /// Nil when it was shut down.
    func accepted() -> TCPSocket? {
        let taken = accept(descriptor, nil, nil)
        return taken < 0 ? nil : TCPSocket(owning: taken)
    }

    /// Ends every call that waits for it.
    func shut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    var port: UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    /// As many bytes as asked for, or nil when the other end closed before.
    func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress.map { $0 + done }, count - done, 0)
            }
            guard got > 0 else { return nil }
            done += got
        }
        return bytes
    }

    func write(_ bytes: [UInt8]) {
        _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    private static func withAddress(_ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
