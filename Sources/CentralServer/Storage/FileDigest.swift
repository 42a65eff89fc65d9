import Crypto

#if canImport(Glibc)
    import Glibc
#endif

/// The size and SHA-256 of a file, read back from the disk.
struct FileDigest: Hashable, Sendable {
    let size: Int
    /// Lower-case hex.
    let digest: String

    init(of path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw PrivateFile.failure(.unreadable, path) }
        var hash = SHA256()
        var size = 0
        try AppendableFile(descriptor: descriptor, path: path).forEachPiece { piece in
            hash.update(data: piece)
            size += piece.count
        }
        self.size = size
        digest = hexadecimal(hash.finalize())
    }
}

/// Lower case, two digits a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { (UInt16($0) + 0x100) }.map { String($0, radix: 16).dropFirst() }.joined()
}
