#if canImport(Glibc)
    import Glibc
#endif

/// An open file. Its calls block, so they belong on `BlockingPool`; it closes itself with its last reference.
final class AppendableFile: Sendable {
    private let descriptor: CInt
    private let path: String

    /// Takes over the descriptor.
    init(descriptor: CInt, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens for writing at `offset` and drops whatever lies behind it, which nobody has been told about.
    ///
    /// Throws `ShortFile` when the disk lost what it had confirmed.
    init(path: String, continuingAt offset: Int) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw PrivateFile.failure(.unwritable, path) }
        guard try size >= offset else { throw ShortFile() }
        guard ftruncate(descriptor, off_t(offset)) == 0, lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw PrivateFile.failure(.unwritable, path)
        }
    }

    var size: Int {
        get throws {
            var information = stat()
            guard fstat(descriptor, &information) == 0 else { throw PrivateFile.failure(.unreadable, path) }
            return Int(information.st_size)
        }
    }

    func append(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                if errno == ENOSPC || errno == EDQUOT { throw StorageFull() }
                throw PrivateFile.failure(.unwritable, path)
            }
            written += count
        }
    }

    /// Returns when the disk has confirmed all that was written.
    func sync() throws {
        guard fsync(descriptor) == 0 else { throw PrivateFile.failure(.unwritable, path) }
    }

    /// At most 64 KiB from `offset` on; empty at the end of the file.
    func piece(at offset: Int) throws -> [UInt8] {
        var read = 0
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            repeat {
                read = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            } while read < 0 && errno == EINTR
            count = max(0, read)
        }
        guard read >= 0 else { throw PrivateFile.failure(.unreadable, path) }
        return piece
    }

    func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
        var offset = 0
        while case let piece = try piece(at: offset), !piece.isEmpty {
            try body(piece)
            offset += piece.count
        }
    }

    func readWhole(limit: Int) throws -> [UInt8] {
        var whole: [UInt8] = []
        try forEachPiece { piece in
            guard whole.count + piece.count <= limit else {
                throw CentralError(
                    .unreadable, "\(path) is larger than expected", hint: "Check that the path is right.")
            }
            whole += piece
        }
        return whole
    }
}

/// The disk has no room for another byte.
struct StorageFull: Error {}

/// A file is shorter than what was confirmed of it.
struct ShortFile: Error {}
