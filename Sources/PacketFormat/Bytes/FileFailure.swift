import Glibc

/// A call to the file system that failed: which, and with what `errno`. It names no path.
package struct FileFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let step: DurableFiles.Step
    package let code: Int32

    package init(_ step: DurableFiles.Step, _ code: Int32) {
        self.step = step
        self.code = code
    }

    /// Whether room has to be made first.
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    package var description: String { "file.\(step.rawValue): \(String(cString: strerror(code)))" }
}
