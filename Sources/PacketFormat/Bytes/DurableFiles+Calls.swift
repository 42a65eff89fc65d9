import FoundationEssentials
import Glibc

/// The single calls, by path, for code that decides itself what must reach the disk before what.
extension DurableFiles {
    /// Makes a folder for its owner only.
    ///
    /// - Returns: false when something has that name already.
    package func makeDirectory(_ path: String) throws(FileFailure) -> Bool {
        do {
            try call(.makeDirectory) { mkdir(path, 0o700) }
            return true
        } catch {
            guard error.code == EEXIST else { throw error }
            return false
        }
    }

    /// Makes or empties a file and writes `bytes`; they are not on the disk before `synchronise`.
    ///
    /// What was written stays when a call fails: the caller knows whether it may go.
    package func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
        let descriptor = try openNew(path)
        defer { close(descriptor) }
        try writeAll(bytes, to: descriptor)
    }

    /// Returns when the content of a file is on the disk.
    package func synchronise(_ path: String) throws(FileFailure) {
        let descriptor = try openToRead(path)
        defer { close(descriptor) }
        try call(.synchronise) { fsync(descriptor) }
    }

    /// Returns when names that were added, changed or removed in a folder are on the disk.
    package func synchroniseDirectory(_ path: String) throws(FileFailure) {
        let descriptor = try call(.synchroniseDirectory) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        defer { close(descriptor) }
        try call(.synchroniseDirectory) { fsync(descriptor) }
    }

    /// Returns when all that the system holds of any disk is on it.
    package func synchroniseAll() throws(FileFailure) {
        try call(.synchronise) {
            sync()
            return 0
        }
    }

    /// Gives a file another name in its folder; durable only after `synchroniseDirectory`.
    package func rename(_ old: String, to new: String) throws(FileFailure) {
        try call(.rename) { Glibc.rename(old, new) }
    }

    /// - Throws: also, with `ENOENT`, when there is no such file.
    package func remove(_ path: String) throws(FileFailure) {
        try call(.remove) { unlink(path) }
    }

    /// Removes a folder of our own with the files in it; what cannot be removed stays.
    package func removeFolder(_ path: String) {
        for name in (try? names(in: path)) ?? [] { try? remove("\(path)/\(name)") }
        _ = try? call(.remove) { rmdir(path) }
    }

    /// The size in bytes of what has this name, a link not followed; nil when nothing has.
    package func size(of path: String) throws(FileFailure) -> Int? {
        var status = stat()
        do {
            try call(.look) { lstat(path, &status) }
            return Int(status.st_size)
        } catch {
            guard error.code == ENOENT else { throw error }
            return nil
        }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    package func read(_ path: String, from offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
        let descriptor = try openToRead(path)
        defer { close(descriptor) }
        return try read(descriptor, from: offset, count: count)
    }

    /// The whole content of a file.
    ///
    /// - Throws: with `EFBIG` when it holds more than `limit` bytes.
    package func read(_ path: String, atMost limit: Int) throws(FileFailure) -> [UInt8] {
        let descriptor = try openToRead(path, atMost: limit)
        defer { close(descriptor) }
        var status = stat()
        try call(.look) { fstat(descriptor, &status) }
        return try read(descriptor, from: 0, count: min(Int(status.st_size), limit))
    }

    private func read(_ descriptor: Int32, from offset: Int, count: Int) throws(FileFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: max(0, count))
        var done = 0
        while done < bytes.count {
            let got = try call(.read) {
                bytes.withUnsafeMutableBytes { raw in
                    pread(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done, off_t(offset + done))
                }
            }
            guard got > 0 else { break }
            done += got
        }
        bytes.removeLast(bytes.count - done)
        return bytes
    }

    /// The names in a folder, sorted.
    ///
    /// - Parameters:
    ///   - limit: of the names that are wanted; others are not held.
    /// - Throws: with `E2BIG` when there are more; also where the folder is readable up to a name only, since a name
    ///   that is not told would count as one that is not there.
    package func names(
        in path: String, atMost limit: Int = .max, where isWanted: (String) -> Bool = { _ in true }
    ) throws(FileFailure) -> [String] {
        var directory: OpaquePointer?
        try call(.list) {
            directory = opendir(path)
            return directory == nil ? -1 : 0
        }
        guard let directory else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = try next(in: directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { raw in
                String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name != ".", name != "..", isWanted(name) else { continue }
            guard names.count < limit else { throw FileFailure(.list, E2BIG) }
            names.append(name)
        }
        return names.sorted()
    }

    /// The next name of a folder; nil at its end, which `errno` alone tells from a failure.
    private func next(in directory: OpaquePointer) throws(FileFailure) -> UnsafeMutablePointer<dirent>? {
        var entry: UnsafeMutablePointer<dirent>?
        try call(.list) {
            errno = 0
            entry = readdir(directory)
            return entry == nil && errno != 0 ? -1 : 0
        }
        return entry
    }

    /// Bytes that this user may still write to the file system of `path`.
    package func freeSpace(at path: String) throws(FileFailure) -> Int {
        var status = statvfs()
        try call(.look) { statvfs(path, &status) }
        let (bytes, overflow) = Int(clamping: status.f_bavail).multipliedReportingOverflow(
            by: Int(clamping: status.f_frsize))
        return overflow ? .max : bytes
    }
}
