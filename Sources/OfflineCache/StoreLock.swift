import Glibc
import Synchronization

/// Holds the data folder for one process: an advisory lock that the kernel takes back when the
/// process ends, however it ends.
final class StoreLock: Sendable {
    static let fileName = "store.lock"

    private let descriptor: Mutex<Int32?>

    /// - Throws: `inUse` at once when another holder is there.
    init(in folder: DurableFolder) throws(StoreError) {
        let path = folder.path(of: Self.fileName)
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else { throw StoreError(errno: errno, writing: Self.fileName) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let number = errno
            close(opened)
            if number == EWOULDBLOCK { throw .inUse }
            throw StoreError(errno: number, writing: Self.fileName)
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    /// Lets another process in; may be repeated.
    func release() {
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
