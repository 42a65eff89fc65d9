import EnrolmentCore
import Foundation

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

    func readPassphrase() throws(FailureReport) -> SecretBytes { try SecretInput.firstLine(of: passphrase.path) }

    /// The kit's folder now, and every copy that was kept of it.
    var searched: [URL] {
        let kept = (try? FileManager.default.contentsOfDirectory(at: copies, includingPropertiesForKeys: nil)) ?? []
        return [kit] + kept
    }

    /// Keeps the kit's folder as a thief would find it now.
    func keepCopy(named name: String) throws {
        try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: kit, to: copies.appending(path: name))
    }

    /// A database that is being closed takes its log away by itself, and removal stops at a file that has
    /// just gone: so it begins again, a bounded number of times, until nothing is left.
    func remove() {
        for _ in 0..<100 where FileManager.default.fileExists(atPath: root.path) {
            try? FileManager.default.removeItem(at: root)
        }
    }
}
