import Glibc
package import PacketFormat

/// Whose the files of a data folder are, and who else may read or write them.
///
/// The folder itself is closed to others, or the store does not open; a file in it that is not tells of a copy or
/// a restore that went wrong, or of somebody who was there.
package struct FolderStanding: Hashable, Sendable {
    /// Names of files that others than their owner may read or write.
    package private(set) var open: [String] = []
    /// Names of what belongs to another user, or is neither a file nor a folder.
    package private(set) var foreign: [String] = []

    /// Looks at each name in the folder and among its packets; blocks.
    package init(of path: String, files: DurableFiles = DurableFiles()) throws(StoreError) {
        do throws(FileFailure) {
            try look(at: path, "", files)
            if try files.size(of: "\(path)/\(Store.packetFolderName)") != nil {
                try look(at: "\(path)/\(Store.packetFolderName)", "\(Store.packetFolderName)/", files)
            }
        } catch {
            throw StoreError(errno: error.code, reading: "the data folder")
        }
    }

    private mutating func look(at folder: String, _ prefix: String, _ files: DurableFiles) throws(FileFailure) {
        for name in try files.names(in: folder) {
            let status = try files.status(of: "\(folder)/\(name)", followingLinks: false)
            if !status.isOurs || status.kind == .link || status.kind == .other {
                foreign.append(prefix + name)
            } else if status.isOpenToOthers {
                open.append(prefix + name)
            }
        }
    }
}

extension DurableFolder {
    /// Closes the files of ours in the folder that others may read or write.
    ///
    /// - Returns: how many there were.
    func closeToOthers() throws(StoreError) -> Int {
        var closed = 0
        for name in try names() {
            guard let status = try status(of: name), status.kind == .file, status.isOurs, status.isOpenToOthers
            else { continue }
            do throws(FileFailure) {
                try files.closeToOthers(path(of: name))
                closed += 1
            } catch {
                throw StoreError(errno: error.code, writing: name)
            }
        }
        return closed
    }

    /// - Throws: `unreadable` for what is no plain file in the place of the database or of one beside it: SQLite would
    ///   take a pipe for its log.
    func requirePlainDatabase() throws(StoreError) {
        for name in try names() where name.hasPrefix(Store.databaseName) {
            if try status(of: name)?.kind != .file { throw .unreadable("\(name) (not a plain file)") }
        }
    }

    /// Nil where the name, as far as it is text, is that of no file.
    private func status(of name: String) throws(StoreError) -> FileStatus? {
        do throws(FileFailure) {
            return try files.status(of: path(of: name), followingLinks: false)
        } catch {
            guard error.code == ENOENT else { throw StoreError(errno: error.code, reading: name) }
            return nil
        }
    }
}
