import Glibc

/// A call to the file system that failed: which, and with what `errno`. It names no path.
package struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let step: DurableFiles.Step
    package let code: Int32

    package init(_ step: DurableFiles.Step, _ code: Int32) {
        self.step = step
        self.code = code
    }

    /// What lies under the name is a pipe, a device, a socket or a folder. No call of ours to a file ends with this
    /// number by itself.
    package static let noPlainFile = EMEDIUMTYPE

    /// Whether room has to be made first.
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    package var description: String { "file.\(step.rawValue): \(Self.text(of: code))" }

    /// The system's words for an error, or ours.
    package static func text(of code: Int32) -> String {
        code == noPlainFile ? "Not a plain file" : String(cString: strerror(code))
    }
}
