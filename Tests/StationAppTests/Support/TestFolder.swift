import Foundation
import StationTestSupport

/// A folder of its own for one test, gone with it.
final class TestFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "loket-station-\(UUID().uuidString.lowercased())")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Another folder, whole, as a power cut would leave it: SQLite's shared memory is not on a disk.
    static func copyDisk(of folder: URL, to copy: URL) throws {
        try DiskImage.copy(of: folder.path, to: copy.path)
    }
}
