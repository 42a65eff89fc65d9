import EnrolmentCore
import Foundation
import PacketFormat

/// Where a demo keeps its things: one temporary folder that goes with it.
struct DemoFolders: Sendable {
    private let root: URL

    /// - Throws: `store.unwritable` when there is no room for it.
    init() throws(FailureReport) {
        var template = Array((NSTemporaryDirectory() + "loket-demo-XXXXXX").utf8CString)
        guard let path = mkdtemp(&template) else {
            throw FailureReport(.store(.unwritable), detail: "temporary folder", kept: .nothingToKeep)
        }
        root = URL(filePath: String(cString: path))
        // Random, and outside of the folder that is searched for what is readable.
        let words = (0..<16).map { _ in String(UInt8.random(in: .min ... .max), radix: 16) }.joined()
        let made = FileManager.default.createFile(
            atPath: passphrase.path, contents: Data(words.utf8), attributes: [.posixPermissions: 0o600])
        guard made else {
            throw FailureReport(.store(.unwritable), detail: "temporary folder", kept: .nothingToKeep)
        }
    }

    var kit: URL { root.appending(path: "kit") }
    var central: URL { root.appending(path: "central") }
    var report: URL { root.appending(path: "report") }
    var passphrase: URL { root.appending(path: "passphrase") }
    private var copies: URL { root.appending(path: "copies") }

    func readPassphrase() throws(FailureReport) -> SecretBytes {
        try SecretInput.firstLine(of: passphrase.path) { _ in }
    }

    /// The kit's folder now, and every copy that was kept of it.
    var searched: [URL] {
        let kept = (try? FileManager.default.contentsOfDirectory(at: copies, includingPropertiesForKeys: nil)) ?? []
        return [kit] + kept
    }

    /// Keeps the kit's folder as a thief would find it now. A store may be at work in it.
    ///
    /// - Throws: `store.unreadable`, or what Foundation throws where there is no room.
    func keepCopy(named name: String) throws {
        let manager = FileManager.default
        let copy = copies.appending(path: name)
        try manager.createDirectory(at: copy, withIntermediateDirectories: true)
        for part in try manager.subpathsOfDirectory(atPath: kit.path) {
            var isFolder = ObjCBool(false)
            let (source, target) = (kit.appending(path: part), copy.appending(path: part))
            guard manager.fileExists(atPath: source.path, isDirectory: &isFolder) else { continue }
            if isFolder.boolValue {
                try manager.createDirectory(at: target, withIntermediateDirectories: true)
            } else {
                try Self.keep(source.path, at: target.path)
            }
        }
    }

    private static func keep(_ source: String, at target: String) throws(FailureReport) {
        // A store that sweeps its log cuts it: then what is left of it is what a thief would find.
        for _ in 0..<10 {
            do throws(FileCopyFailure) {
                return try DurableFiles().copy(source, to: target)
            } catch {
                guard case .file(let failure) = error else { continue }
                // A file that has just gone is not there for a thief either.
                if failure.code == ENOENT { return }
                throw FailureReport(.store(.unreadable), detail: failure.description, kept: .packet)
            }
        }
        throw FailureReport(.store(.unreadable), detail: "a file that does not stop shrinking", kept: .packet)
    }

    /// A database that is being closed takes its log away by itself, and removal stops at a file that has
    /// just gone: so it begins again, a bounded number of times, until nothing is left.
    func remove() {
        for _ in 0..<100 where FileManager.default.fileExists(atPath: root.path) {
            try? FileManager.default.removeItem(at: root)
        }
    }
}
