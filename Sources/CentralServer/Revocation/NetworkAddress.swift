#if canImport(Glibc)
    import Glibc
#endif

/// An address that a name stands for at this moment.
struct NetworkAddress: Hashable, Sendable {
    /// 4 or 16 bytes in network order.
    let bytes: [UInt8]

    /// Asks the system's resolver; blocks for as long as that takes. Empty when the name stands for nothing.
    static func resolve(_ host: String) -> [NetworkAddress] {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_ADDRCONFIG
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &found) == 0 else { return [] }
        defer { freeaddrinfo(found) }
        var addresses: [NetworkAddress] = []
        var next = found
        while let entry = next?.pointee {
            if let address = entry.ai_addr.flatMap(NetworkAddress.init(socketAddress:)), !addresses.contains(address) {
                addresses.append(address)
            }
            next = entry.ai_next
        }
        return addresses
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    private init?(socketAddress: UnsafeMutablePointer<sockaddr>) {
        let raw = UnsafeRawPointer(socketAddress)
        switch Int32(socketAddress.pointee.sa_family) {
        case AF_INET:
            bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in.self).sin_addr) { Array($0) }
        case AF_INET6:
            bytes = withUnsafeBytes(of: raw.loadUnaligned(as: sockaddr_in6.self).sin6_addr) { Array($0) }
        default: return nil
        }
    }

    /// As a host of its own, for example `192.0.2.1`.
    var text: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Whether it belongs to the internet at large (IANA's registries of special-purpose addresses), and to
    /// no machine of ours or of a neighbour.
    var isPublic: Bool { bytes.count == 4 ? Self.isPublic(fourBytes: bytes) : isPublicInSixteen }

    private static func isPublic(fourBytes b: [UInt8]) -> Bool {
        switch (b[0], b[1], b[2]) {
        case (0, _, _), (10, _, _), (127, _, _), (224..., _, _): false
        case (100, 64...127, _), (169, 254, _), (172, 16...31, _), (192, 168, _), (198, 18...19, _): false
        case (192, 0, 0), (192, 0, 2), (198, 51, 100), (203, 0, 113), (192, 88, 99): false
        default: true
        }
    }

    private var isPublicInSixteen: Bool {
        guard bytes.count == 16 else { return false }
        // An IPv4 address behind a translator (RFC 6052) is what that address is.
        if Array(bytes[..<12]) == [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0] {
            return Self.isPublic(fourBytes: Array(bytes[12...]))
        }
        // Global unicast is 2000::/3, without Teredo and its like, documentation and 6to4.
        switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
        case (0x20, 0x01, 0x00...0x01, _), (0x20, 0x01, 0x0D, 0xB8), (0x20, 0x02, _, _): return false
        case (0x3F, 0xFF, 0x00...0x0F, _): return false
        default: return bytes[0] & 0xE0 == 0x20
        }
    }
}
