import Glibc

/// What lies under a name.
package struct FileStatus: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case file, folder, link
        /// A pipe, a device or a socket.
        case other
    }

    package let kind: Kind
    /// Who may do what: the last nine bits.
    package let mode: UInt32
    /// Whether it belongs to the user of this program.
    package let isOurs: Bool
    /// Which file system it lies on.
    package let device: UInt64

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        mode = status.st_mode & 0o777
        isOurs = status.st_uid == geteuid()
        device = UInt64(status.st_dev)
    }

    package var isOpenToOthers: Bool { mode & 0o077 != 0 }

    /// As `chmod` takes it.
    package var modeText: String { String(mode, radix: 8) }
}

extension DurableFiles {
    /// - Parameter followingLinks: looks at what a link leads to instead.
    package func status(of path: String, followingLinks: Bool = true) throws(FileFailure) -> FileStatus {
        var status = stat()
        try call(.look) { followingLinks ? stat(path, &status) : lstat(path, &status) }
        return FileStatus(status)
    }

    /// Leaves a plain file to its owner alone.
    package func closeToOthers(_ path: String) throws(FileFailure) {
        let descriptor = try openToRead(path)
        defer { close(descriptor) }
        try call(.look) { fchmod(descriptor, 0o600) }
    }
}
