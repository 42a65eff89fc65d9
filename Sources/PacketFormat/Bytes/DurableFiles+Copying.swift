import Glibc

/// Why there is no copy of a file.
package enum FileCopyFailure: Error, Hashable, Sendable {
    /// The source became shorter meanwhile: somebody cut it. The lengths in bytes, before and when it was found.
    case sourceShrank(from: Int, to: Int)
    case file(FileFailure)
}

extension DurableFiles {
    /// Copies a file with the length that it has now, and returns when the copy's content is on the disk; its name
    /// is only after `synchroniseDirectory`.
    ///
    /// What is added to the source meanwhile is left out. Foundation's `copyItem` waits for ever for the rest of a
    /// file that is cut while it copies; this ends. The copy is removed when anything fails.
    package func copy(_ source: String, to target: String) throws(FileCopyFailure) {
        let (size, copied): (Int, Int)
        do throws(FileFailure) {
            (size, copied) = try copyWhatIsThere(source, to: target)
            if copied < size { try remove(target) }
        } catch {
            throw .file(error)
        }
        guard copied == size else { throw .sourceShrank(from: size, to: copied) }
    }

    /// - Returns: the length of the source at first, and how much of it there was.
    private func copyWhatIsThere(
        _ source: String, to target: String
    ) throws(FileFailure) -> (size: Int, copied: Int) {
        let from = try openToRead(source)
        defer { close(from) }
        var status = stat()
        try call(.look) { fstat(from, &status) }
        let size = Int(status.st_size)
        let to = try openNew(target)
        defer { close(to) }
        do throws(FileFailure) {
            var copied = 0
            var piece = [UInt8](repeating: 0, count: 64 << 10)
            while copied < size {
                let wanted = min(piece.count, size - copied)
                let got = try call(.read) { Glibc.read(from, &piece, wanted) }
                guard got > 0 else { break }
                try writeAll(got == piece.count ? piece : Array(piece.prefix(got)), to: to)
                copied += got
            }
            try call(.synchronise) { fsync(to) }
            return (size, copied)
        } catch {
            try? remove(target)
            throw error
        }
    }
}
