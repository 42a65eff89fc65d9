/// Where an upload lives, taken from the `Location` of its announcement.
enum UploadLocation {
    /// The path on central; nil when the location points to another host, or holds what no path of a
    /// request line may.
    ///
    /// - Parameter origin: Central's address without a path, for example `https://central.example:8443`.
    static func path(_ location: String, origin: String) -> String? {
        var path = location[...]
        if path.hasPrefix(origin + "/") {
            path = path.dropFirst(origin.count)
        }
        guard path.hasPrefix("/"), !path.hasPrefix("//"), path.utf8.count <= 1024,
            path.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return String(path)
    }
}
