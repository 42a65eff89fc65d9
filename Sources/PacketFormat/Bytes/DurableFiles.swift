package import FoundationEssentials
import Glibc

/// Every call that this target makes to the file system, so that one place can make each of them fail.
///
/// The calls block; the caller decides on which thread. Files are made for their owner only.
package struct DurableFiles: Sendable {
    package enum Step: String, CaseIterable, Sendable {
        case create, write, synchronise, open, read, rename, synchroniseDirectory, remove
        /// A folder's making, a look at a size or at the room that is left, and the names in a folder.
        case makeDirectory, look, list
        /// A wish to be the only one at a file.
        case lock
    }

    /// Asked before each call; an `errno` makes the call fail with it instead of being made.
    package typealias Interposer = @Sendable (Step) -> Int32?

    /// After so many bytes the disk is told to begin, so that the end of a long file need not wait for all of it.
    private static let writeBehindByteCount = 8 << 20

    private let interposer: Interposer?

    package init(interposer: Interposer? = nil) {
        self.interposer = interposer
    }

    /// Makes or empties a file, gives `body` a sink into it, and returns when all of it is on disk.
    ///
    /// The file is removed when anything throws.
    package func write(_ url: URL, _ body: (ByteSink) throws -> Void) throws {
        let descriptor = try openNew(path(url))
        do {
            defer { close(descriptor) }
            var (written, started) = (0, 0)
            try body {
                try writeAll($0, to: descriptor)
                written += $0.count
                guard written - started >= Self.writeBehindByteCount else { return }
                // Linux then begins to write: the disk works while the next piece is made. A failure costs nothing.
                posix_fadvise(descriptor, off_t(started), off_t(written - started), POSIX_FADV_DONTNEED)
                started = written
            }
            try call(.synchronise) { fsync(descriptor) }
            // So that a later reading comes from the disk and not from memory; a failure costs nothing.
            posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
        } catch {
            try? remove(url)
            throw error
        }
    }

    /// Gives the file to `body` in pieces of at most 64 KiB.
    package func read(_ url: URL, as origin: FileOrigin = .stored, _ body: (ByteSource) throws -> Void) throws {
        let descriptor = try openToRead(path(url), as: origin)
        defer { close(descriptor) }
        try body(source(of: descriptor))
    }

    /// Reads one file that an operator named from its start two times, opened once, so that both see the same file.
    ///
    /// - Throws: also for what is no plain file: a pipe has no start to return to.
    package func readTwice(_ url: URL, first: (ByteSource) throws -> Void, second: (ByteSource) throws -> Void) throws {
        let descriptor = try openToRead(path(url), as: .named)
        defer { close(descriptor) }
        try call(.read) { lseek(descriptor, 0, SEEK_SET) }
        try first(source(of: descriptor))
        try call(.read) { lseek(descriptor, 0, SEEK_SET) }
        try second(source(of: descriptor))
    }

    private func source(of descriptor: Int32) -> ByteSource {
        {
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
        try rename(path(source), to: path(target))
        try synchroniseDirectory(path(target.deletingLastPathComponent()))
    }

    package func remove(_ url: URL) throws(FileFailure) { try remove(path(url)) }

    package func exists(_ url: URL) -> Bool { access(path(url), F_OK) == 0 }

    func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(FileFailure) {
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
    func call<Result: BinaryInteger>(_ step: Step, _ body: () -> Result) throws(FileFailure) -> Result {
        if let code = interposer?(step) { throw FileFailure(step, code) }
        while true {
            let result = body()
            if result >= 0 { return result }
            if errno != EINTR { throw FileFailure(step, errno) }
        }
    }

    private func path(_ url: URL) -> String { url.path(percentEncoded: false) }
}
