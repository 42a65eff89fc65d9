/// How personal data is made unreadable before it reaches the disk.
///
/// The product has one implementation, `Vault`. The seam exists for the leak test: it proves that its
/// search finds the data when the sealing is taken away.
package protocol RecordSealing: Sendable {
    func seal(_ content: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8]
    func open(_ sealed: [UInt8], as name: RecordName) throws(StoreError) -> [UInt8]

    /// Makes a key for one record alone, to be kept in a small row of its own: once that row is
    /// overwritten, nobody reads what was sealed under the key, wherever copies of it still lie.
    ///
    /// - Parameter name: of the row that holds the key.
    func makeRecordKey(as name: RecordName) throws(StoreError) -> SealedRecordKey

    /// Seals under the record's own key; as often as wanted under the same one.
    func seal(_ content: [UInt8], as name: RecordName, under key: SealedRecordKey) throws(StoreError) -> [UInt8]

    /// - Throws: `recordDamaged`, by the name of the key's row when it is the key that does not open.
    func open(_ sealed: [UInt8], as name: RecordName, under key: SealedRecordKey) throws(StoreError) -> [UInt8]
}

/// A record's own key as it lies in its row, sealed; made by `RecordSealing.makeRecordKey`, read back
/// with this initialiser.
package struct SealedRecordKey: Hashable, Sendable {
    /// The same at making and at reading back.
    package let name: RecordName
    /// For the row; some 92 bytes.
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8], as name: RecordName) {
        self.name = name
        self.bytes = bytes
    }
}
