import Crypto
import Foundation
import Glibc
import PacketFormat

/// The one way in which this target touches files: every change reaches the disk before it counts.
///
/// A file appears by writing it under another name, `fsync`, `rename`, then `fsync` of the folder, so
/// that after a power cut it is there whole or not at all. Each call goes through `DurableFiles`, where a
/// test can make any of them fail; here they get the store's errors and names instead of paths.
struct DurableFolder: Sendable {
    let path: String
    let files: DurableFiles

    init(path: String, files: DurableFiles = DurableFiles()) {
        self.path = path
        self.files = files
    }

    /// Makes the folder with mode 0700 where it is missing.
    ///
    /// - Throws: `unsafeSetting` when the folder is another user's, or others may look into it.
    static func prepare(_ path: String, files: DurableFiles = DurableFiles()) throws(StoreError) -> DurableFolder {
        try writing("the data folder") { () throws(FileFailure) in _ = try files.makeDirectory(path) }
        let status = try reading("the data folder") { () throws(FileFailure) in try files.status(of: path) }
        guard status.kind == .folder else { throw .unreadable("the data folder (not a folder)") }
        guard status.isOurs else { throw .unsafeSetting(name: "folder owner", found: "another user") }
        guard !status.isOpenToOthers else { throw .unsafeSetting(name: "folder mode", found: status.modeText) }
        return DurableFolder(path: path, files: files)
    }

    func path(of name: String) -> String { "\(path)/\(name)" }

    /// Writes the whole content under `name`, without syncing it.
    func write(_ bytes: [UInt8], to name: String) throws(StoreError) {
        try Self.writing(name) { () throws(FileFailure) in try files.write(bytes, to: path(of: name)) }
    }

    /// Returns when the content of `name` is on the disk.
    func sync(_ name: String) throws(StoreError) {
        try Self.writing(name) { () throws(FileFailure) in try files.synchronise(path(of: name)) }
    }

    /// Returns when names that were added, changed or removed are on the disk.
    func syncFolder() throws(StoreError) {
        try Self.writing("the folder") { () throws(FileFailure) in try files.synchroniseDirectory(path) }
    }

    func rename(_ old: String, to new: String) throws(StoreError) {
        try Self.writing(new) { () throws(FileFailure) in try files.rename(path(of: old), to: path(of: new)) }
    }

    /// Removes a file; one that is not there is as good as removed.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    func remove(_ name: String) throws(StoreError) -> Bool {
        do throws(FileFailure) {
            try files.remove(path(of: name))
            return true
        } catch {
            guard error.code == ENOENT else { throw StoreError(errno: error.code, writing: name) }
            return false
        }
    }

    /// Returns when zeroes lie on the disk over the content of a file, or over its first bytes; its length stays.
    func overwrite(_ name: String, first count: Int = .max) throws(StoreError) {
        try Self.writing(name) { () throws(FileFailure) in
            try OverwritableFile(path(of: name), files: files).overwrite(first: count)
        }
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
        try Self.reading(name) { () throws(FileFailure) in try files.size(of: path(of: name)) }
    }

    /// The whole content; nil when there is no such file.
    func read(_ name: String, atMost limit: Int) throws(StoreError) -> [UInt8]? {
        do throws(FileFailure) {
            return try files.read(path(of: name), atMost: limit)
        } catch {
            guard error.code == ENOENT else { throw StoreError(errno: error.code, reading: name) }
            return nil
        }
    }

    /// Up to `count` bytes from `offset`; fewer only at the end of the file.
    func read(_ name: String, from offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        try Self.reading(name) { () throws(FileFailure) in
            try files.read(path(of: name), from: offset, count: count)
        }
    }

    /// Gives a file to `body` in pieces of at most 64 KiB.
    func stream(_ name: String, _ body: (ByteSource) throws -> Void) throws {
        do {
            try files.read(URL(filePath: path(of: name)), body)
        } catch let failure as FileFailure {
            throw StoreError(errno: failure.code, reading: name)
        }
    }

    /// The names in the folder, sorted.
    func names() throws(StoreError) -> [String] {
        try Self.reading("the folder") { () throws(FileFailure) in try files.names(in: path) }
    }

    /// Lower-case hex SHA-256 of the content, read in pieces.
    func digest(of name: String) throws(StoreError) -> String {
        var hash = SHA256()
        do {
            try stream(name) { source in
                while let piece = try source() { hash.update(data: piece) }
            }
        } catch {
            throw StoreError(error)
        }
        return hexText(hash.finalize())
    }

    /// Bytes that this user may still write.
    func freeSpace() throws(StoreError) -> Int {
        try Self.reading("the data folder") { () throws(FileFailure) in try files.freeSpace(at: path) }
    }

    private static func writing<Value>(
        _ what: String, _ body: () throws(FileFailure) -> Value
    ) throws(StoreError) -> Value {
        do throws(FileFailure) {
            return try body()
        } catch {
            throw StoreError(errno: error.code, writing: what)
        }
    }

    private static func reading<Value>(
        _ what: String, _ body: () throws(FileFailure) -> Value
    ) throws(StoreError) -> Value {
        do throws(FileFailure) {
            return try body()
        } catch {
            throw StoreError(errno: error.code, reading: what)
        }
    }
}

/// Lower-case hexadecimal, two digits a byte.
func hexText(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
}
