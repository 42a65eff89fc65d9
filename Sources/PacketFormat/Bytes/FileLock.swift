import Glibc
import Synchronization

/// An advisory lock on a file: the kernel takes it back when the process ends, however it ends.
package final class FileLock: Sendable {
    package enum Kind: Hashable, Sendable {
        /// For one holder; the file is made where it is missing.
        case exclusive
        /// For many that only look.
        case shared
    }

    private let descriptor: Mutex<Int32?>

    /// - Throws: at once, with `EWOULDBLOCK`, when another holder is in the way.
    package init(_ path: String, _ kind: Kind, files: DurableFiles) throws(FileFailure) {
        let opened = try files.openToLock(path, creating: kind == .exclusive)
        do throws(FileFailure) {
            try files.call(.lock) { flock(opened, (kind == .exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) }
        } catch {
            close(opened)
            throw error
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Lets others in; may be repeated.
    package func release() {
        descriptor.withLock { held in
            if let opened = held {
                // By name: a program that is being started has a copy of the descriptor until it is loaded, and
                // closing ours alone would leave the lock to it.
                flock(opened, LOCK_UN)
                close(opened)
            }
            held = nil
        }
    }
}
