import Glibc

/// The one place where files are opened. Nothing in here waits for anybody: what lies under a name is looked at
/// before it is used, and what is no plain file has an error of its own.
extension DurableFiles {
    /// Opens a file to read.
    ///
    /// - Parameter limit: more bytes than that are none that the caller knows of.
    /// - Throws: with `FileFailure.noPlainFile` for a pipe, a device, a socket or a folder, `EFBIG` above the limit,
    ///   `ELOOP` for a link that is not to be followed.
    func openToRead(
        _ path: String, as origin: FileOrigin = .stored, atMost limit: Int = .max
    ) throws(FileFailure) -> Int32 {
        switch origin {
        case .stored: try openPlain(.open, path, O_RDONLY | O_NOFOLLOW, atMost: limit)
        case .named: try openPlain(.open, path, O_RDONLY, atMost: limit)
        case .stream: try call(.open) { open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        }
    }

    /// Opens a file of our own to write, as it is.
    func openToOverwrite(_ path: String) throws(FileFailure) -> Int32 {
        try openPlain(.open, path, O_WRONLY | O_NOFOLLOW)
    }

    /// Makes a file for its owner alone, or empties the one that is there.
    func openNew(_ path: String) throws(FileFailure) -> Int32 {
        do throws(FileFailure) {
            return try openPlain(.create, path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
        } catch {
            // It was made, and could not be looked at.
            if error.step == .look { try? remove(path) }
            throw error
        }
    }

    /// Opens a file that is there to be locked.
    ///
    /// - Parameter creating: makes it where it is missing, for its owner alone.
    func openToLock(_ path: String, creating: Bool) throws(FileFailure) -> Int32 {
        creating
            ? try openPlain(.create, path, O_RDWR | O_CREAT | O_NOFOLLOW)
            : try openPlain(.open, path, O_RDONLY | O_NOFOLLOW)
    }

    private func openPlain(
        _ step: Step, _ path: String, _ flags: Int32, atMost limit: Int = .max
    ) throws(FileFailure) -> Int32 {
        let descriptor = try call(step) {
            let descriptor = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0o600)
            // A pipe that nobody reads, a socket, a device without its driver; a folder that is to be written.
            if descriptor < 0, errno == ENXIO || errno == EISDIR { errno = FileFailure.noPlainFile }
            return descriptor
        }
        do throws(FileFailure) {
            var status = stat()
            try call(.look) { fstat(descriptor, &status) }
            guard status.st_mode & S_IFMT == S_IFREG else { throw FileFailure(step, FileFailure.noPlainFile) }
            guard Int(status.st_size) <= limit else { throw FileFailure(step, EFBIG) }
            return descriptor
        } catch {
            close(descriptor)
            throw error
        }
    }
}
