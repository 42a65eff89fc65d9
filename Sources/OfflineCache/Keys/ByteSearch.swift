import CSodium
import EnrolmentCore
import Glibc
import PacketFormat

/// Looks for secrets in every byte of a data folder. What it looks for lies in locked memory.
package struct ByteSearch: Sendable {
    package struct Outcome: Hashable, Sendable {
        package var files = 0
        package var bytes = 0
        /// Files in which something was found, by their path from the folder.
        package var found: Set<String> = []
    }

    private var needles: [SecretBytes] = []

    package init() {}

    package var count: Int { needles.count }

    /// Adds a key as it is, in hexadecimal, and in base64 wherever it may begin in a longer text.
    mutating func add(key: SecretBytes) throws(StoreError) {
        try add(raw: key)
        try addSpelling(key, length: key.count * 2 + 1, dropping: (0, 0)) { text, room, raw, count in
            _ = sodium_bin2hex(text, room, raw, count)
        }
        for shift in 0..<3 { try addBase64(key, shift: shift) }
    }

    /// Adds bytes as they are.
    package mutating func add(text: some Sequence<UInt8>) throws(StoreError) {
        let needle = try SecretKey.empty()
        for byte in text { needle.append(byte) }
        needles.append(needle)
    }

    /// Zeroes what was looked for.
    package func wipe() { for needle in needles { needle.wipe() } }

    /// Reads every file below the folder.
    func search(_ folder: DurableFolder, within path: String = "") throws -> Outcome {
        var outcome = Outcome()
        for name in try folder.names() {
            var status = stat()
            guard lstat(folder.path(of: name), &status) == 0 else {
                throw StoreError(errno: errno, reading: name)
            }
            switch status.st_mode & S_IFMT {
            case S_IFDIR:
                let inner = try search(
                    DurableFolder(path: folder.path(of: name), files: folder.files), within: "\(path)\(name)/")
                outcome.files += inner.files
                outcome.bytes += inner.bytes
                outcome.found.formUnion(inner.found)
            case S_IFREG:
                outcome.files += 1
                let (bytes, isFound) = try search(name, in: folder)
                outcome.bytes += bytes
                if isFound { outcome.found.insert("\(path)\(name)") }
            default: continue
            }
        }
        return outcome
    }

    /// One file in pieces that overlap by the longest needle.
    private func search(_ name: String, in folder: DurableFolder) throws -> (bytes: Int, isFound: Bool) {
        var (count, isFound) = (0, false)
        var held: [UInt8] = []
        let overlap = needles.map(\.count).max() ?? 0
        try folder.stream(name) { source in
            while let piece = try source() {
                count += piece.count
                held = Array(held.suffix(overlap)) + piece
                isFound = isFound || holds(held)
            }
        }
        return (count, isFound)
    }

    private func holds(_ bytes: [UInt8]) -> Bool {
        needles.contains { needle in
            needle.withBytes { needle in
                bytes.withUnsafeBytes { Self.contains(needle, in: $0) }
            }
        }
    }

    /// As C's `memmem`, which Glibc does not show to Swift.
    private static func contains(_ needle: UnsafeRawBufferPointer, in bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = needle.first, let text = needle.baseAddress, let start = bytes.baseAddress else {
            return false
        }
        var offset = 0
        while offset + needle.count <= bytes.count {
            let room = bytes.count - needle.count + 1 - offset
            guard let hit = memchr(start + offset, Int32(first), room) else { return false }
            if memcmp(hit, text, needle.count) == 0 { return true }
            offset = UnsafeRawPointer(hit) - start + 1
        }
        return false
    }

    private mutating func add(raw key: SecretBytes) throws(StoreError) {
        let needle = try SecretKey.empty()
        key.withBytes { for byte in $0 { needle.append(byte) } }
        needles.append(needle)
    }

    /// The part of the text that does not depend on what stands before and after the key.
    private mutating func addBase64(_ key: SecretBytes, shift: Int) throws(StoreError) {
        let shifted = try SecretKey.empty()
        for _ in 0..<shift { shifted.append(0) }
        key.withBytes { for byte in $0 { shifted.append(byte) } }
        defer { shifted.wipe() }
        let variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING
        let length = sodium_base64_encoded_len(shifted.count, variant)
        try addSpelling(shifted, length: length, dropping: (shift == 0 ? 0 : shift + 1, 1)) { text, room, raw, count in
            _ = sodium_bin2base64(text, room, raw, count, variant)
        }
    }

    /// - Parameter dropping: characters at the start and at the end.
    private mutating func addSpelling(
        _ key: SecretBytes, length: Int, dropping ends: (Int, Int),
        _ write: (UnsafeMutablePointer<CChar>, Int, UnsafePointer<UInt8>, Int) -> Void
    ) throws(StoreError) {
        let text = try SecretKey.empty()
        let isWritten: Void? = text.fill(count: length) { room in
            key.withBytes { raw in
                guard let text = room.baseAddress?.assumingMemoryBound(to: CChar.self), let raw = raw.bytes else {
                    return
                }
                write(text, room.count, raw, key.count)
            }
        }
        guard isWritten != nil else { throw .unwritable("a search (no room)") }
        let needle = try SecretKey.empty()
        // The last byte is C's own end of a text.
        text.withBytes { for byte in $0.dropFirst(ends.0).dropLast(ends.1 + 1) { needle.append(byte) } }
        text.wipe()
        needles.append(needle)
    }
}
