package import EnrolmentCore
import Glibc

/// Files that somebody else wrote, read up to a limit: no file that a person or a stick brings makes the
/// program take more memory than it is worth, or read for ever.
package enum InputFile {
    /// The most bytes that a file of its kind may have; many times what an honest one has.
    package enum Limit: Int, CaseIterable, Sendable {
        /// The answers of an officer for one visit; some 2 KB a person.
        case script = 4_194_304
        /// The office's plan, some 600 bytes a person.
        case visits = 16_777_216
        /// Rules and calibrations, some 1 KB.
        case configuration = 1_048_576
        /// A kit's bundle, keys and certificates, some 10 KB.
        case bundle = 524_288
        /// One certificate, some 2 KB.
        case certificate = 65_536
        /// A picture: 500 dpi of a whole hand in PGM is 30 MB.
        case picture = 67_108_864
    }

    /// The bytes of a regular file, or of what a shell pipes in as one.
    ///
    /// - Parameter name: what the file is called in an error, where its path would tell too much.
    /// - Throws: `input.unreadableFile` when it is not there, is a folder or a device, or is larger than the limit.
    package static func bytes(
        of path: String, atMost limit: Limit, called name: String
    ) throws(FailureReport) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(name, "not there") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(name, "not there") }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            // At once: a file may claim to be larger than any memory.
            guard status.st_size <= limit.rawValue else { throw tooLarge(name, limit) }
        case S_IFIFO: break
        default: throw unreadable(name, "no file")
        }
        return try read(descriptor, atMost: limit, name)
    }

    private static func read(
        _ descriptor: Int32, atMost limit: Limit, _ name: String
    ) throws(FailureReport) -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &part, part.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(name, "cannot be read") }
            guard count > 0 else { return bytes }
            guard bytes.count + count <= limit.rawValue else { throw tooLarge(name, limit) }
            bytes += part[..<count]
        }
    }

    private static func tooLarge(_ name: String, _ limit: Limit) -> FailureReport {
        unreadable(name, "larger than \(limit.rawValue) bytes")
    }

    private static func unreadable(_ name: String, _ why: String) -> FailureReport {
        FailureReport(.input(.unreadableFile), detail: "\(name): \(why)", kept: .nothingToKeep)
    }
}
