import Glibc
import PacketFormat

/// Holds the data folder for one process.
final class StoreLock: Sendable {
    static let fileName = "store.lock"

    private let held: FileLock

    /// - Throws: `inUse` at once when another holder is there.
    init(in folder: DurableFolder) throws(StoreError) {
        do throws(FileFailure) {
            held = try FileLock(folder.path(of: Self.fileName), .exclusive, files: folder.files)
        } catch {
            throw error.code == EWOULDBLOCK ? .inUse : StoreError(errno: error.code, writing: Self.fileName)
        }
    }

    /// Lets another process in; may be repeated.
    func release() { held.release() }
}
