import Foundation
import StationTestSupport

@testable import OfflineCache

/// A data folder of its own for one test, gone when the test lets go of it.
final class DataFolder: Sendable {
    let path: String
    private let isOwner: Bool

    /// One that another process made and will remove.
    init(borrowing path: String) {
        self.path = path
        isOwner = false
    }

    init() throws {
        isOwner = true
        // In memory where there is such a folder: what a process that is killed leaves is the same there, and
        // the hundreds of days that the tests run do not wait for a disk.
        let memory = "/dev/shm"
        let parent =
            FileManager.default.isWritableFile(atPath: memory) ? memory : FileManager.default.temporaryDirectory.path
        path = "\(parent)/loket-store-\(UUID().uuidString.lowercased())"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        if isOwner { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Every file below the folder, by its path from there.
    func files() throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            if let data = FileManager.default.contents(atPath: "\(path)/\(name)") { found[name] = [UInt8](data) }
        }
        return found
    }

    /// What a disk would hold if power went now: every file but SQLite's shared memory, which is not
    /// on a disk.
    func copy() throws -> DataFolder {
        let copy = try DataFolder()
        try DiskImage.copy(of: path, to: copy.path)
        return copy
    }

    /// For values that a test changes under a closed store.
    func overwrite(_ name: String, with bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }
}
