import Crypto
import Glibc

/// The one way in which this target touches files: every change reaches the disk before it counts.
///
/// A file appears by writing it under another name, `fsync`, `rename`, then `fsync` of the folder, so
/// that after a power cut it is there whole or not at all.
struct DurableFolder: Sendable {
    let path: String

    /// Makes the folder with mode 0700 where it is missing.
    ///
    /// - Throws: `unsafeSetting` when the folder is another user's, or others may look into it.
    static func prepare(_ path: String) throws(StoreError) -> DurableFolder {
        if mkdir(path, 0o700) != 0, errno != EEXIST { throw StoreError(errno: errno, writing: "the data folder") }
        var status = stat()
        guard stat(path, &status) == 0 else { throw StoreError(errno: errno, reading: "the data folder") }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .unreadable("the data folder (not a folder)") }
        guard status.st_uid == geteuid() else { throw .unsafeSetting(name: "folder owner", found: "another user") }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else { throw .unsafeSetting(name: "folder mode", found: String(mode, radix: 8)) }
        return DurableFolder(path: path)
    }

    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Writes the whole content under `name`, without syncing it.
    func write(_ bytes: [UInt8], to name: String) throws(StoreError) {
        let descriptor = open(path(of: name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw StoreError(errno: errno, writing: name) }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.write(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StoreError(errno: errno, writing: name) }
            done += count
        }
    }

    /// Returns when the content of `name` is on the disk.
    func sync(_ name: String) throws(StoreError) {
        try synchronise(path(of: name), flags: O_RDONLY, what: name)
    }

    /// Returns when names that were added, changed or removed are on the disk.
    func syncFolder() throws(StoreError) {
        try synchronise(path, flags: O_RDONLY | O_DIRECTORY, what: "the folder")
    }

    func rename(_ old: String, to new: String) throws(StoreError) {
        guard Glibc.rename(path(of: old), path(of: new)) == 0 else { throw StoreError(errno: errno, writing: new) }
    }

    /// Removes a file; one that is not there is as good as removed.
    func remove(_ name: String) throws(StoreError) {
        guard unlink(path(of: name)) == 0 || errno == ENOENT else { throw StoreError(errno: errno, writing: name) }
    }

    /// Puts `bytes` in the place of whatever `name` held, whole or not at all.
    func replace(_ name: String, with bytes: [UInt8]) throws(StoreError) {
        let part = name + ".part"
        try write(bytes, to: part)
        try sync(part)
        try rename(part, to: name)
        try syncFolder()
    }

    /// The size in bytes; nil when there is no such file.
    func size(of name: String) throws(StoreError) -> Int? {
        var status = stat()
        guard lstat(path(of: name), &status) == 0 else {
            guard errno == ENOENT else { throw StoreError(errno: errno, reading: name) }
            return nil
        }
        return Int(status.st_size)
    }

    /// The whole content; nil when there is no such file.
    func read(_ name: String, atMost limit: Int) throws(StoreError) -> [UInt8]? {
        guard let size = try size(of: name) else { return nil }
        guard size <= limit else { throw .unreadable("\(name) (\(size) bytes)") }
        return try read(name, from: 0, count: size)
    }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(_ name: String, from offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        let descriptor = open(path(of: name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw StoreError(errno: errno, reading: name) }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        var done = 0
        while done < bytes.count {
            let wanted = bytes.count - done
            let got = bytes.withUnsafeMutableBytes { raw in
                pread(descriptor, raw.baseAddress.map { $0 + done }, wanted, off_t(offset + done))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw StoreError(errno: errno, reading: name) }
            if got == 0 { break }
            done += got
        }
        return Array(bytes.prefix(done))
    }

    /// The names in the folder, sorted.
    func names() throws(StoreError) -> [String] {
        guard let directory = opendir(path) else { throw StoreError(errno: errno, reading: "the folder") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Lower-case hex SHA-256 of the content, read in pieces.
    func digest(of name: String) throws(StoreError) -> String {
        var hash = SHA256()
        var offset = 0
        while true {
            let piece = try read(name, from: offset, count: 1 << 20)
            if piece.isEmpty { return hexText(hash.finalize()) }
            hash.update(data: piece)
            offset += piece.count
        }
    }

    /// Bytes that this user may still write.
    func freeSpace() throws(StoreError) -> Int {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw StoreError(errno: errno, reading: "the data folder") }
        return Int(clamping: status.f_bavail) * Int(clamping: status.f_frsize)
    }

    private func synchronise(_ path: String, flags: Int32, what: String) throws(StoreError) {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else { throw StoreError(errno: errno, writing: what) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw StoreError(errno: errno, writing: what) }
    }
}

/// Lower-case hexadecimal, two digits a byte.
func hexText(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
