import Foundation

/// What a disk would hold if power went now.
package enum DiskImage {
    /// Copies a data folder, in which a store may be at work, into another: every file but SQLite's shared memory,
    /// which is on no disk.
    ///
    /// Not by `copyItem`: that waits for ever for the rest of a file which is cut meanwhile, and a store sweeps its
    /// log by itself.
    package static func copy(of folder: String, to copy: String) throws {
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in try manager.subpathsOfDirectory(atPath: folder) where !name.hasSuffix("-shm") {
            var isFolder = ObjCBool(false)
            guard manager.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try manager.createDirectory(
                    atPath: "\(copy)/\(name)", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700]
                )
            } else if let data = manager.contents(atPath: "\(folder)/\(name)") {
                let isMade = manager.createFile(
                    atPath: "\(copy)/\(name)", contents: data, attributes: [.posixPermissions: 0o600])
                guard isMade else { throw CocoaError(.fileWriteUnknown) }
            }
        }
    }
}
