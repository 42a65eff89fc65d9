package import EnrolmentCore
import Glibc

/// Takes a PIN or a passphrase from the terminal, without showing it, or from a pipe: `read` writes straight
/// into memory that is locked and wiped.
package struct SecretInput: Sendable {
    /// Whether a person can be asked.
    package static var hasTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether a person can be asked on a screen, too.
    package static var hasWholeTerminal: Bool { hasTerminal && isatty(STDOUT_FILENO) == 1 }

    private let descriptor: Int32

    /// - Parameter descriptor: standard input, but for tests.
    package init(_ descriptor: Int32 = STDIN_FILENO) { self.descriptor = descriptor }

    /// One line of a pipe, without its end.
    ///
    /// - Throws: `input.unreadableFile` when there is none, or it is longer than any secret.
    package func line() throws(FailureReport) -> SecretBytes {
        let (secret, scratch) = (try Self.memory(), try Self.memory())
        while let byte = next(scratch), byte != UInt8(ascii: "\n") {
            guard secret.append(byte) else {
                secret.wipe()
                break
            }
        }
        Self.dropReturn(secret)
        guard !secret.isEmpty else {
            throw FailureReport(.input(.unreadableFile), detail: "no secret in it", kept: .draft)
        }
        return secret
    }

    /// The first line of a file, for scripts.
    ///
    /// One that others may read is used all the same, with a warning: refusing it would not make it secret again.
    ///
    /// - Parameter warn: is told the path of such a file.
    /// - Throws: `input.unreadableFile` when there is none.
    package static func firstLine(
        of path: String, warn: (String) -> Void
    ) throws(FailureReport) -> SecretBytes {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FailureReport(.input(.unreadableFile), detail: "passphrase file", kept: .draft)
        }
        defer { close(descriptor) }
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
            warn(path)
        }
        return try SecretInput(descriptor).line()
    }

    /// What a person types at the terminal up to Enter; nothing of it is shown. Backspace takes a character
    /// back; Escape and Ctrl-C give up.
    ///
    /// - Returns: nil when they gave up.
    /// - Throws: `input.noSecret` when it is no terminal.
    package func typed(_ prompt: String) throws(FailureReport) -> SecretBytes? {
        var before = termios()
        guard tcgetattr(descriptor, &before) == 0 else {
            throw FailureReport(.input(.noSecret), detail: "no terminal", kept: .draft)
        }
        let (secret, scratch) = (try Self.memory(), try Self.memory())
        var silent = before
        // Signals too: one that ended the program here would leave the terminal silent.
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        Self.show(prompt)
        tcsetattr(descriptor, TCSAFLUSH, &silent)
        defer {
            tcsetattr(descriptor, TCSAFLUSH, &before)
            Self.show("\n")
        }
        while let byte = next(scratch) {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return secret
            case 0x03, 0x04, 0x1B:
                secret.wipe()
                return nil
            case 0x08, 0x7F: secret.removeCharacter()
            default: secret.append(byte)
            }
        }
        secret.wipe()
        return nil
    }

    /// The next byte; nil at the end.
    private func next(_ scratch: SecretBytes) -> UInt8? {
        let count = scratch.fill(count: 1) { room in
            var count = read(descriptor, room.baseAddress, 1)
            while count < 0, errno == EINTR { count = read(descriptor, room.baseAddress, 1) }
            return count
        }
        guard count == 1 else { return nil }
        return scratch.withBytes { $0.first }
    }

    private static func memory() throws(FailureReport) -> SecretBytes {
        do throws(SecretMemoryError) {
            return try SecretBytes()
        } catch {
            throw FailureReport(.store(.unsafeSetting), detail: "no memory for a secret", kept: .draft)
        }
    }

    private static func dropReturn(_ secret: SecretBytes) {
        if secret.withBytes({ $0.last == UInt8(ascii: "\r") }) { secret.removeLast() }
    }

    /// A line beside a question, to the same place.
    package static func say(_ line: String) { show(line + "\n") }

    private static func show(_ text: String) {
        _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    }
}

extension SecretBytes {
    /// Whether somebody typed the same twice.
    package func holdsSame(as other: SecretBytes) -> Bool {
        self === other || withBytes { mine in other.withBytes { mine.elementsEqual($0) } }
    }
}
