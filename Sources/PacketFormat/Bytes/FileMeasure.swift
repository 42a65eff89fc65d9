import Crypto
import FoundationEssentials

/// What identifies a file: its size, and the lower-case hex SHA-256 of its bytes.
struct FileMeasure: Hashable, Sendable {
    let size: Int
    let digest: String

    /// Reads the whole file, 64 KiB at a time.
    static func of(_ url: URL, _ files: DurableFiles, as origin: FileOrigin = .stored) throws -> FileMeasure {
        var measuring = FileMeasuring()
        try files.read(url, as: origin) { source in
            while let bytes = try source() { measuring.update(bytes) }
        }
        return measuring.result
    }
}

/// A measure of bytes that pass by.
struct FileMeasuring {
    private var hash = SHA256()
    private var size = 0

    mutating func update(_ bytes: [UInt8]) {
        hash.update(data: bytes)
        size += bytes.count
    }

    var result: FileMeasure { FileMeasure(size: size, digest: hexadecimal(hash.finalize())) }
}
