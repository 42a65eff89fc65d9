/// An `http` address in the one plain form that authorities write into their certificates.
///
/// It is read strictly, because what one reader takes for the host another may take for a name and a
/// password: no user, no query, no fragment, no escapes, no dot segments.
struct ResponderURL: Hashable, Sendable {
    /// A DNS name or an IPv4 address, in lower case.
    let host: String
    let port: Int
    /// From its first slash on; `/` when there is none.
    let path: String

    /// Nil for any other text.
    init?(_ text: String) {
        let prefix = "http://"
        guard text.utf8.count <= 512, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), text.hasPrefix(prefix)
        else { return nil }
        let rest = text.dropFirst(prefix.utf8.count)
        let authority = rest.prefix { $0 != "/" }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let host = Self.host(parts[0]) else { return nil }
        var port = 80
        if parts.count == 2 {
            guard let number = Int(parts[1]), (1...65_535).contains(number), String(number) == parts[1] else {
                return nil
            }
            port = number
        }
        guard let path = Self.path(rest.dropFirst(authority.count)) else { return nil }
        self.host = host
        self.port = port
        self.path = path
    }

    private static func host(_ text: Substring) -> String? {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isHost = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
        return isHost && text.utf8.count <= 253 ? text.lowercased() : nil
    }

    private static func path(_ text: Substring) -> String? {
        guard !text.isEmpty else { return "/" }
        let segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let isPath = segments.enumerated().allSatisfy { index, segment in
            (!segment.isEmpty || index == segments.count - 1) && segment != "." && segment != ".."
                && segment.utf8.allSatisfy { isLetterOrDigit($0) || "-._~+=,".utf8.contains($0) }
        }
        return isPath ? String(text) : nil
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }

    /// As it is asked for.
    var text: String { "http://\(host)\(port == 80 ? "" : ":\(port)")\(path)" }

    /// Whether it is the address `other` or one below it.
    func isBelow(_ other: ResponderURL) -> Bool {
        guard host == other.host, port == other.port else { return false }
        let above = other.path.hasSuffix("/") ? other.path : other.path + "/"
        return path == other.path || path.hasPrefix(above)
    }
}
