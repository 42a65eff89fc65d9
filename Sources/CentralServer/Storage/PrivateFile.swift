#if canImport(Glibc)
    import Glibc
#endif

/// Small files that only their owner may read, whole or not there at all.
enum PrivateFile {
    /// Writes to a neighbour, syncs, renames, syncs the folder: a power failure leaves the old file or the new.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let temporary = path + ".part"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(.unwritable, path) }
        let file = AppendableFile(descriptor: descriptor, path: path)
        do {
            try file.append(bytes)
            try file.sync()
        } catch {
            unlink(temporary)
            throw error
        }
        try rename(temporary, to: path)
    }

    /// Reads a whole file of at most 1 MiB; refuses one that others may read when it holds a secret.
    static func read(_ path: String, isSecret: Bool) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.unreadable, path) }
        let file = AppendableFile(descriptor: descriptor, path: path)
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw failure(.unreadable, path) }
        if isSecret, information.st_mode & 0o077 != 0 {
            throw CentralError(
                .keysExposed, "others may read \(path)", hint: "Run chmod 600 on it, and ask who has read it.")
        }
        return try file.readWhole(limit: 1 << 20)
    }

    /// Removes a file if it is there.
    static func remove(_ path: String) { unlink(path) }

    /// Brings a whole, synced file under another name in the same folder, durably.
    static func rename(_ source: String, to target: String) throws {
        guard Glibc.rename(source, target) == 0 else { throw failure(.unwritable, target) }
        try syncDirectory(of: target)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes the folder and those above it, mode 0700 each; one that is there stays as it is.
    static func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
            throw failure(.unwritable, path)
        }
        try makeDirectory(String(path[..<slash]))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw failure(.unwritable, path) }
    }

    /// Makes a name that was just created, renamed or removed survive a power failure.
    static func syncDirectory(of path: String) throws {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(directory.isEmpty ? "/" : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(.unwritable, directory) }
        try AppendableFile(descriptor: descriptor, path: directory).sync()
    }

    static func failure(_ code: CentralError.Code, _ path: String) -> CentralError {
        let reason = String(cString: strerror(errno))
        return CentralError(code, "\(path): \(reason)", hint: "Check that the path is right and this user may use it.")
    }
}
