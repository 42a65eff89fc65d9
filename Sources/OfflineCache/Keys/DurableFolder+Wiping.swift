import Crypto
import Glibc
import PacketFormat

extension DurableFolder {
    /// Is told each step that is done.
    typealias Progress = (StorageStep.Moment) throws(StoreError) -> Void

    /// Replaces a file, and then overwrites what the old one held.
    func replaceWiping(_ name: String, with bytes: [UInt8], reached: Progress) throws(StoreError) {
        let part = name + ".part"
        try write(bytes, to: part)
        try reached(.fileWritten)
        try sync(part)
        try reached(.fileSynced)
        let old = try overwritable(name)
        try rename(part, to: name)
        try reached(.fileRenamed)
        try syncFolder()
        try reached(.folderSynced)
        // Its name is gone by now, so that a cut in here takes nothing away.
        try overwrite(old, name)
    }

    /// Overwrites a file, removes it, and returns when both are on the disk; one that is not there is as good
    /// as removed.
    func removeWiping(_ name: String, reached: Progress) throws(StoreError) {
        guard let file = try overwritable(name) else { return }
        try overwrite(file, name)
        try reached(.fileSynced)
        try remove(name)
        try reached(.fileRemoved)
        try syncFolder()
        try reached(.folderSynced)
    }

    private func overwritable(_ name: String) throws(StoreError) -> OverwritableFile? {
        do throws(FileFailure) {
            return try OverwritableFile(path(of: name), files: files)
        } catch {
            guard error.code == ENOENT else { throw StoreError(errno: error.code, writing: name) }
            return nil
        }
    }

    private func overwrite(_ file: OverwritableFile?, _ name: String) throws(StoreError) {
        do throws(FileFailure) {
            try file?.overwrite()
        } catch {
            throw StoreError(errno: error.code, writing: name)
        }
    }
}

func sha256Text(_ bytes: [UInt8]) -> String { hexText(SHA256.hash(data: bytes)) }
