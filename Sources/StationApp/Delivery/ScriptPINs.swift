package import EnrolmentCore
import Glibc

/// The PINs of emulated cards, for a scripted delivery on a kit for training.
///
/// The file has a line for each case: its identifier, the PIN of the letter and the one that the citizen
/// chooses, with a space between. It must be this user's own and closed to all others; its bytes go from
/// the file into locked memory and nowhere else.
package struct ScriptPINs: Sendable {
    private let text: SecretBytes
    private let lines: [CaseID: (letter: Range<Int>, chosen: Range<Int>)]

    /// - Throws: `input.unreadableFile` for a file that is not there, open to others, or too long;
    ///   `input.invalidScript` for one that is written otherwise. Neither names anything of its content.
    package init(readingFrom path: String) throws(FailureReport) {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw Self.unreadable("--pins") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Self.unreadable("--pins: no file")
        }
        guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw Self.unreadable("--pins: open to others, mode 0600 is needed")
        }
        guard status.st_size <= SecretBytes.capacity else { throw Self.unreadable("--pins: too long") }
        try self.init(Self.bytes(of: descriptor, count: Int(status.st_size)))
    }

    /// - Throws: `input.invalidScript`.
    init(_ text: SecretBytes) throws(FailureReport) {
        var lines: [CaseID: (letter: Range<Int>, chosen: Range<Int>)] = [:]
        let isWhole = text.withBytes { bytes in
            for line in Self.split(bytes, 0..<bytes.count, at: UInt8(ascii: "\n")) where !line.isEmpty {
                let words = Self.split(bytes, line, at: UInt8(ascii: " "))
                guard words.count == 3, words.allSatisfy({ !$0.isEmpty }) else { return false }
                lines[CaseID(String(decoding: bytes[words[0]], as: UTF8.self))] = (words[1], words[2])
            }
            return true
        }
        guard isWhole else { throw FailureReport(.input(.invalidScript), detail: "--pins", kept: .nothingToKeep) }
        self.text = text
        self.lines = lines
    }

    /// The PIN of the letter, in memory of its own.
    func letter(of id: CaseID) throws(FailureReport) -> SecretBytes { try copy(lines[id]?.letter) }

    /// The PIN that the citizen chooses, in memory of its own.
    func chosen(of id: CaseID) throws(FailureReport) -> SecretBytes { try copy(lines[id]?.chosen) }

    private func copy(_ range: Range<Int>?) throws(FailureReport) -> SecretBytes {
        guard let range else { throw FailureReport(.input(.invalidScript), detail: "no PIN", kept: .draft) }
        let secret = try Self.secret()
        text.withBytes { bytes in
            for index in range { secret.append(bytes[index]) }
        }
        return secret
    }

    private static func bytes(of descriptor: Int32, count: Int) throws(FailureReport) -> SecretBytes {
        let secret = try secret()
        let read = secret.fill(count: count) { room in
            room.isEmpty ? 0 : Glibc.read(descriptor, room.baseAddress, room.count)
        }
        guard read == count else { throw unreadable("--pins") }
        return secret
    }

    private static func secret() throws(FailureReport) -> SecretBytes {
        do throws(SecretMemoryError) {
            return try SecretBytes()
        } catch {
            throw FailureReport(.store(.unreadable), detail: "no memory for a PIN", kept: .draft)
        }
    }

    private static func unreadable(_ detail: String) -> FailureReport {
        FailureReport(.input(.unreadableFile), detail: detail, kept: .nothingToKeep)
    }

    private static func split(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, at mark: UInt8) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        for index in range where bytes[index] == mark {
            parts.append(start..<index)
            start = index + 1
        }
        return parts + [start..<range.upperBound]
    }
}
