import Glibc

/// A folder that is held open: what is reached through it lies in that folder, whatever becomes of its name.
///
/// For folders that somebody else can change under our hands, as a stick's: a link in the place of one of them, or
/// another disk mounted over it, is refused, not followed.
package final class HeldFolder: Sendable {
    private let descriptor: Int32
    private let files: DurableFiles
    /// Which file system it lies on.
    package let device: UInt64

    /// - Parameter path: as an operator named it: links are followed.
    package convenience init(_ path: String, files: DurableFiles) throws(FileFailure) {
        let opened = try files.call(.open) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        try self.init(taking: opened, files)
    }

    private init(taking descriptor: Int32, _ files: DurableFiles) throws(FileFailure) {
        var status = stat()
        do throws(FileFailure) {
            try files.call(.look) { fstat(descriptor, &status) }
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        self.files = files
        device = UInt64(status.st_dev)
    }

    deinit { close(descriptor) }

    /// A path to it, for every other call; good for as long as the folder is held.
    package var path: String { "/proc/self/fd/\(descriptor)" }

    /// A folder in it, on the same file system.
    ///
    /// - Parameter creating: makes it, for its owner alone, where there is nothing of that name.
    /// - Throws: with `ENOTDIR` or `ELOOP` for a link and whatever else is no folder, `EXDEV` for another disk's.
    package func folder(_ name: String, creating: Bool) throws(FileFailure) -> HeldFolder {
        if creating { _ = try files.makeDirectory("\(path)/\(name)") }
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        let opened = try files.call(.open) { openat(descriptor, name, flags) }
        let folder = try HeldFolder(taking: opened, files)
        guard folder.device == device else { throw FileFailure(.open, EXDEV) }
        return folder
    }

    /// Returns when the names in it are on the disk.
    package func synchronise() throws(FileFailure) {
        try files.call(.synchroniseDirectory) { fsync(descriptor) }
    }
}
