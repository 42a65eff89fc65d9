/// What an upload server can do, as it states it in answer to OPTIONS (tus 1.0.0, "Core Protocol", OPTIONS).
package struct TusCapabilities: Hashable, Sendable {
    /// The one version that both ends speak.
    package static let version = "1.0.0"

    /// Most preferred first.
    package let versions: [String]
    package let extensions: Set<String>
    /// Bytes; nil when the server names no limit.
    package let maximumSize: Int?
    package let checksumAlgorithms: [ChecksumAlgorithm]

    package init(
        versions: [String] = [version], extensions: Set<String> = ["creation", "checksum"], maximumSize: Int?,
        checksumAlgorithms: [ChecksumAlgorithm] = ChecksumAlgorithm.allCases
    ) {
        self.versions = versions
        self.extensions = extensions
        self.maximumSize = maximumSize
        self.checksumAlgorithms = checksumAlgorithms
    }

    /// Reads the header fields of an answer; nil unless they come from a tus server.
    ///
    /// The missing field is the guard against a captive portal, which answers 200 to anything.
    package init?(header: (_ name: String) -> String?) {
        guard let versions = header(SyncHeader.tusVersion).map(Self.list), !versions.isEmpty else { return nil }
        self.versions = versions
        extensions = Set(header(SyncHeader.tusExtension).map(Self.list) ?? [])
        maximumSize = header(SyncHeader.tusMaximumSize).flatMap(ByteCount.parse)
        checksumAlgorithms = (header(SyncHeader.tusChecksumAlgorithm).map(Self.list) ?? [])
            .compactMap(ChecksumAlgorithm.init(rawValue:))
    }

    /// Whether this version of the kit's program can upload there.
    package var isUsable: Bool { versions.contains(Self.version) && extensions.contains("creation") }

    /// Name and value of each header field, in a fixed order.
    package var headers: [(name: String, value: String)] {
        var fields = [(name: SyncHeader.tusVersion, value: versions.joined(separator: ","))]
        if !extensions.isEmpty {
            fields.append((SyncHeader.tusExtension, extensions.sorted().joined(separator: ",")))
        }
        if let maximumSize { fields.append((SyncHeader.tusMaximumSize, String(maximumSize))) }
        if extensions.contains("checksum") {
            let names = checksumAlgorithms.map(\.rawValue).joined(separator: ",")
            fields.append((SyncHeader.tusChecksumAlgorithm, names))
        }
        return fields
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.drop { $0 == " " } }
            .map { field in String(field.prefix { $0 != " " }) }
            .filter { !$0.isEmpty }
    }
}

/// Sizes and offsets as tus writes them: a non-negative decimal integer, nothing else.
package enum ByteCount {
    /// Nil for a sign, a blank, an empty text, more than nine thousand petabytes.
    package static func parse(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.count <= 19 else { return nil }
        var count = 0
        for character in text.utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character) else { return nil }
            let (shifted, tooLong) = count.multipliedReportingOverflow(by: 10)
            let (sum, tooLarge) = shifted.addingReportingOverflow(Int(character - UInt8(ascii: "0")))
            guard !tooLong, !tooLarge else { return nil }
            count = sum
        }
        return count
    }
}
