/// A list's version as the `ETag` and `If-None-Match` fields of HTTP hold it (RFC 9110 8.8.3): `"12"`.
package struct EntityTag: Hashable, Sendable {
    package let version: Int

    package init(version: Int) { self.version = version }

    /// Nil for any other text than the one that `header` writes.
    package init?(header: String) {
        guard header.utf8.count > 2, header.hasPrefix("\""), header.hasSuffix("\""),
            let version = ByteCount.parse(String(header.dropFirst().dropLast()))
        else { return nil }
        self.version = version
        guard self.header == header else { return nil }
    }

    package var header: String { "\"\(version)\"" }
}
