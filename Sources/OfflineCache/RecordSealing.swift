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
        for part in [table, id, String(revision)] {
            let utf8 = Array(part.utf8)
            bytes += withUnsafeBytes(of: UInt32(truncatingIfNeeded: utf8.count).bigEndian) { Array($0) }
            bytes += utf8
        }
        return bytes
    }
}

/// How personal data is made unreadable before it reaches the disk.
///
/// The product has one implementation, `Vault`. The seam exists for the leak test: it proves that its
/// search finds the data when the sealing is taken away.
package protocol RecordSealing: Sendable {
    func seal(_ content: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8]
    func open(_ sealed: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8]
}
