import Glibc

/// A file that is held open so that its content can be overwritten where it lies, even after its name went.
///
/// Where the file system or the disk writes elsewhere than where it read, the old blocks stay until they are
/// used again; nobody can promise more from here.
package final class OverwritableFile {
    private let files: DurableFiles
    private let descriptor: Int32

    /// - Throws: with `ENOENT` when there is no such file; links are not followed.
    package init(_ path: String, files: DurableFiles) throws(FileFailure) {
        self.files = files
        descriptor = try files.openToOverwrite(path)
    }

    deinit { close(descriptor) }

    /// Writes zeroes over all of it, or over its first bytes; returns when they are on the disk.
    package func overwrite(first limit: Int = .max) throws(FileFailure) {
        var status = stat()
        try files.call(.look) { fstat(descriptor, &status) }
        let end = min(Int(status.st_size), limit)
        let zeroes = [UInt8](repeating: 0, count: 64 << 10)
        var offset = 0
        while offset < end {
            let count = min(zeroes.count, end - offset)
            offset += try files.call(.write) { pwrite(descriptor, zeroes, count, off_t(offset)) }
        }
        try files.call(.synchronise) { fsync(descriptor) }
    }
}
