package import FoundationEssentials
import Glibc

/// Every call that this target makes to the file system, so that one place can make each of them fail.
///
/// The calls block; the caller decides on which thread. Files are made for their owner only.
package struct DurableFiles: Sendable {
    package enum Step: String, CaseIterable, Sendable {
        case create, write, synchronise, open, read, rename, synchroniseDirectory, remove
    }

    /// Asked before each call; an `errno` makes the call fail with it instead of being made.
    package typealias Interposer = @Sendable (Step) -> Int32?

    private let interposer: Interposer?

    package init(interposer: Interposer? = nil) {
        self.interposer = interposer
    }

    /// Makes or empties a file, gives `body` a sink into it, and returns when all of it is on disk.
    ///
    /// The file is removed when anything throws.
    package func write(_ url: URL, _ body: (ByteSink) throws -> Void) throws {
        let descriptor = try call(.create) { openPath(url, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC) }
        do {
            defer { close(descriptor) }
            try body { try writeAll($0, to: descriptor) }
            try call(.synchronise) { fsync(descriptor) }
            // So that a later reading comes from the disk and not from memory; a failure costs nothing.
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        } catch {
            try? remove(url)
            throw error
        }
    }

    /// Gives the file to `body` in pieces of at most 64 KiB.
    func read(_ url: URL, _ body: (ByteSource) throws -> Void) throws {
        let descriptor = try call(.open) { openPath(url, O_RDONLY | O_CLOEXEC) }
        defer { close(descriptor) }
        try body {
            var count = 0
            let piece = try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
                count = try call(.read) { Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
                filled = count
            }
            return count == 0 ? nil : piece
        }
    }

    /// Brings a file under another name in the same directory, durably.
    package func rename(_ source: URL, to target: URL) throws(FileFailure) {
        try call(.rename) { Glibc.rename(path(source), path(target)) }
        let descriptor = try call(.synchroniseDirectory) {
            openPath(target.deletingLastPathComponent(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        defer { close(descriptor) }
        try call(.synchroniseDirectory) { fsync(descriptor) }
    }

    func remove(_ url: URL) throws(FileFailure) {
        try call(.remove) { unlink(path(url)) }
    }

    func exists(_ url: URL) -> Bool { access(path(url), F_OK) == 0 }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(FileFailure) {
        var written = 0
        while written < bytes.count {
            written += try call(.write) {
                bytes.withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
                }
            }
        }
    }

    /// Repeats a call that a signal broke off.
    @discardableResult
    private func call<Result: BinaryInteger>(_ step: Step, _ body: () -> Result) throws(FileFailure) -> Result {
        if let code = interposer?(step) { throw FileFailure(step, code) }
        while true {
            let result = body()
            if result >= 0 { return result }
            if errno != EINTR { throw FileFailure(step, errno) }
        }
    }

    private func path(_ url: URL) -> String { url.path(percentEncoded: false) }

    private func openPath(_ url: URL, _ flags: Int32) -> Int32 { open(path(url), flags, 0o600) }
}
