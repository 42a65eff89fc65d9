/// What a sealed record is, so that one record cannot be passed off as another or as its own past.
package struct RecordName: Hashable, Sendable, CustomStringConvertible {
    package let table: String
    package let id: String
    package let revision: Int

    package init(table: String, id: String, revision: Int) {
        self.table = table
        self.id = id
        self.revision = revision
    }

    package var description: String { "\(table)/\(id)@\(revision)" }

    /// The name as bytes without ambiguity: each part behind its length.
    var authenticated: [UInt8] {
        var bytes: [UInt8] = []
        for part in [table, id, String(revision)] { bytes.append(delimited: Array(part.utf8)) }
        return bytes
    }
}

extension [UInt8] {
    /// Adds a part behind its length, so that no two lists of parts have the same bytes.
    mutating func append(delimited part: some Collection<UInt8>) {
        Swift.withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.count).bigEndian) { append(contentsOf: $0) }
        append(contentsOf: part)
    }
}
