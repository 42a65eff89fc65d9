import CentralServer
import FoundationEssentials
import PacketFormat

#if canImport(Glibc)
    import Glibc
#endif

/// Files with identities and passphrases that an operator names on the command line.
///
/// One that others may read is used all the same, with a warning: refusing it would not make it secret
/// again, and a pipe or a file of another tool has whatever mode it has.
enum SecretFiles {
    /// More than this is no file of keys.
    private static let largestByteCount = 1 << 20
    /// A passphrase takes a second to try, and a file is for one of them.
    private static let mostPassphrases = 16

    /// - Throws: `AgeError` with `.key`, also for a file without an identity; `CentralError`.
    static func identities(in paths: [String]) throws -> [AgeIdentity] {
        try paths.flatMap { try AgeKeyFile.identities(in: String(decoding: contents(of: $0), as: UTF8.self)) }
    }

    /// One passphrase a line, since none can be typed that holds a line's end; the last line need not have one.
    ///
    /// - Throws: as above.
    static func passphrases(in paths: [String]) throws -> [AgePassphrase] {
        let phrases = try paths.flatMap { path in
            let lines = try contents(of: path).split(separator: UInt8(ascii: "\n")).map { line in
                Array(line.last == UInt8(ascii: "\r") ? line.dropLast() : line)
            }.filter { !$0.isEmpty }
            guard !lines.isEmpty else { throw AgeError(.key, "no passphrase in the file") }
            return lines
        }
        guard phrases.count <= mostPassphrases else { throw AgeError(.key, "more than \(mostPassphrases) passphrases") }
        return phrases.map { AgePassphrase(bytes: $0) }
    }

    /// Recipients are public, but they stand in the same kind of file.
    ///
    /// - Throws: as above.
    static func recipients(in path: String) throws -> [AgeRecipient] {
        try AgeKeyFile.recipients(in: String(decoding: contents(of: path, isSecret: false), as: UTF8.self))
    }

    private static func contents(of path: String, isSecret: Bool = true) throws -> [UInt8] {
        var status = stat()
        if isSecret, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
            Report.complain("loket-central: others may read \(path): run chmod 600 on it, and ask who has read it")
        }
        var bytes: [UInt8] = []
        do {
            try DurableFiles().read(URL(filePath: path), as: .stream) { source in
                while bytes.count <= largestByteCount, let piece = try source() { bytes += piece }
            }
        } catch let failure as FileFailure {
            throw CentralError(failure, path)
        }
        guard bytes.count <= largestByteCount else { throw AgeError(.key, "a file of keys is longer than 1 MiB") }
        return bytes
    }
}

extension CentralError {
    /// A file that an operator named and that cannot be read.
    init(_ failure: FileFailure, _ path: String) {
        self.init(
            .unreadable, "\(path): \(FileFailure.text(of: failure.code))",
            hint: "Check that the path is right and this user may use it.")
    }
}
