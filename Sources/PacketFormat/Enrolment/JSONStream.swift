import FoundationEssentials

/// Writes JSON in pieces, with large buffers spliced into their objects as base64 on the way.
enum JSONStream {
    /// A multiple of 3, so that the base64 of the pieces joins without padding.
    private static let pieceByteCount = 48 << 10

    static func text(_ text: String, to sink: ByteSink) throws { try sink(Array(text.utf8)) }

    static func value(_ value: some Encodable, to sink: ByteSink) throws { try sink(encode(value)) }

    /// An object with `buffers` before the members of `rest`, which has at least one.
    static func object(
        _ buffers: [(name: String, bytes: Base64Bytes?)], and rest: some Encodable, to sink: ByteSink
    ) throws {
        try text("{", to: sink)
        for case (let name, let buffer?) in buffers {
            try text("\"\(name)\":\"", to: sink)
            let bytes = buffer.bytes
            for start in stride(from: 0, to: bytes.count, by: Self.pieceByteCount) {
                try sink(Base64.padded.encode(bytes[start..<min(start + Self.pieceByteCount, bytes.count)]))
            }
            try text("\",", to: sink)
        }
        try sink(Array(try encode(rest).dropFirst()))
    }

    private static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value))
    }
}
