import Foundation

/// Looks for personal data where none may be: every file under a folder is searched for every needle
/// in plain, base64, hex and UTF-16.
///
/// It proves something only together with a run in which it does find them; the tests have one with
/// encryption switched off.
struct PlaintextScan {
    /// A needle shorter than this would be found by chance.
    static let shortestNeedle = 6

    enum Form: String, CaseIterable, Sendable {
        case plain, base64, hex, utf16
    }

    struct Finding: Hashable, Sendable {
        let file: String
        let form: Form
        /// What the needle is, never its bytes.
        let label: String
    }

    private struct Pattern {
        let bytes: [UInt8]
        let form: Form
        let label: String
    }

    private var patternsByPrefix: [UInt32: [Pattern]] = [:]
    /// Which first two bytes any pattern has: most of a file is skipped by this alone.
    private var starts = [Bool](repeating: false, count: 65_536)
    /// Needles that were added, for the report.
    private(set) var needleCount = 0

    init() {}

    /// Adds a text field; texts that are too short to mean anything are left out.
    mutating func add(text: String, label: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.shortestNeedle else { return }
        add(bytes, label: label)
        let wide = Array(text.utf16)
        insert(wide.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }, .utf16, label)
        insert(wide.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }, .utf16, label)
    }

    /// Adds a picture or another file: some fragments from all over it, so that a part of it on disk
    /// is found as well.
    mutating func add(file: [UInt8], label: String, fragments: Int = 8) {
        for fragment in Self.fragments(of: file, count: fragments) { add(fragment: fragment, label: label) }
    }

    /// Adds one fragment of a picture or another file.
    mutating func add(fragment: [UInt8], label: String) { add(fragment, label: label) }

    /// Up to `count` pieces of 24 bytes from all over a file.
    static func fragments(of file: [UInt8], count: Int) -> [[UInt8]] {
        let length = 24
        guard file.count >= length else { return [] }
        return (0..<count).compactMap { index in
            let start = (file.count - length) * index / max(1, count - 1)
            let fragment = Array(file[start..<start + length])
            // A run of one value (the white around a finger) is everywhere and says nothing.
            return Set(fragment).count > 8 ? fragment : nil
        }
    }

    private mutating func add(_ bytes: [UInt8], label: String) {
        needleCount += 1
        insert(bytes, .plain, label)
        let hex = bytes.map { String(format: "%02x", $0) }.joined()
        insert(Array(hex.utf8), .hex, label)
        insert(Array(hex.uppercased().utf8), .hex, label)
        for shift in 0..<3 {
            for text in Self.spellings(ofBase64: Self.base64Core(bytes, shift: shift)) { insert(text, .base64, label) }
        }
    }

    /// As it is, with `/` escaped as JSON encoders do, and in the alphabet of URLs (RFC 4648, section 5).
    private static func spellings(ofBase64 text: [UInt8]) -> Set<[UInt8]> {
        let (slash, plus) = (UInt8(ascii: "/"), UInt8(ascii: "+"))
        let escaped = text.flatMap { $0 == slash ? [UInt8(ascii: "\\"), slash] : [$0] }
        let forURLs = text.map { $0 == slash ? UInt8(ascii: "_") : $0 == plus ? UInt8(ascii: "-") : $0 }
        return [text, escaped, forURLs]
    }

    /// The characters of a base64 text that depend on `bytes` alone when they stand `shift` bytes
    /// after a multiple of three.
    private static func base64Core(_ bytes: [UInt8], shift: Int) -> [UInt8] {
        let text = Array(Data([UInt8](repeating: 0, count: shift) + bytes).base64EncodedString().utf8)
        let first = shift == 0 ? 0 : shift + 1
        let last = (shift + bytes.count) * 8 / 6
        return Array(text[first..<last])
    }

    private mutating func insert(_ bytes: [UInt8], _ form: Form, _ label: String) {
        guard bytes.count >= 4 else { return }
        let prefix = bytes[0..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        starts[Int(prefix >> 16)] = true
        patternsByPrefix[prefix, default: []].append(Pattern(bytes: bytes, form: form, label: label))
    }

    /// Searches every regular file below `folder`.
    /// - Throws: when a file cannot be read, since what was not searched is not clean.
    func search(folder: URL) throws -> [Finding] {
        var findings: Set<Finding> = []
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys) else {
            return []
        }
        for case let file as URL in files where try file.resourceValues(forKeys: Set(keys)).isRegularFile == true {
            let bytes = [UInt8](try Data(contentsOf: file))
            findings.formUnion(search(bytes, named: file.lastPathComponent))
            // Names of files can tell too.
            findings.formUnion(search(Array(file.lastPathComponent.utf8), named: file.lastPathComponent))
        }
        return findings.sorted { ($0.file, $0.label, $0.form.rawValue) < ($1.file, $1.label, $1.form.rawValue) }
    }

    func search(_ bytes: [UInt8], named name: String) -> Set<Finding> {
        guard bytes.count >= 4 else { return [] }
        var findings: Set<Finding> = []
        bytes.withUnsafeBufferPointer { buffer in
            var prefix = UInt32(buffer[0]) << 16 | UInt32(buffer[1]) << 8 | UInt32(buffer[2])
            for end in 3..<buffer.count {
                prefix = prefix << 8 | UInt32(buffer[end])
                guard starts[Int(prefix >> 16)], let patterns = patternsByPrefix[prefix] else { continue }
                let rest = buffer[(end - 3)...]
                for pattern in patterns where rest.starts(with: pattern.bytes) {
                    findings.insert(Finding(file: name, form: pattern.form, label: pattern.label))
                }
            }
        }
        return findings
    }
}
