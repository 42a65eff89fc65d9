import FoundationEssentials
package import PacketFormat
package import SyncProtocol

#if canImport(Glibc)
    import Glibc
#endif

extension CentralService {
    /// Writes a kit's bundle with mode 0600, whole or not at all.
    package static func write(_ bundle: KitBundle, to path: String) throws {
        try PrivateFile.write(try bundle.encoded(), to: path)
    }

    /// Reads an identity as `keys init` wrote it; others must not be able to read the file.
    ///
    /// Lines that start with `#` are comments, as in the files of age's own tools.
    package static func identity(in path: String) throws -> AgeIdentity {
        let text = String(decoding: try PrivateFile.read(path, isSecret: true), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first { !$0.hasPrefix("#") }
        return try AgeIdentity(String(line ?? ""))
    }

    /// A whole file of at most 1 MiB.
    package static func contents(of path: String) throws -> [UInt8] { try PrivateFile.read(path, isSecret: false) }

    /// The first line of a small file; others must not be able to read it.
    package static func firstLine(of path: String) throws -> String {
        let text = String(decoding: try PrivateFile.read(path, isSecret: true), as: UTF8.self)
        return String(text.prefix { !$0.isNewline })
    }

    /// The pieces of a file, in order.
    package static func reader(of path: String) throws -> ByteSource {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw PrivateFile.failure(.unreadable, path) }
        let file = AppendableFile(descriptor: descriptor, path: path)
        var offset = 0
        return {
            let piece = try file.piece(at: offset)
            offset += piece.count
            return piece.isEmpty ? nil : piece
        }
    }

    /// What a signed manifest says, its signature unchecked.
    package static func claimedManifest(in path: String) throws -> Manifest {
        let text = String(decoding: try PrivateFile.read(path, isSecret: false), as: UTF8.self)
        let parts = text.trimmingSuffix(while: \.isNewline).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw StatementError.malformed }
        let plain = parts[1].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - plain.count % 4) % 4)
        guard let payload = Data(base64Encoded: String(plain) + padding),
            let manifest = try? JSONDecoder().decode(Manifest.self, from: payload)
        else { throw StatementError.unreadable }
        return manifest
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
