/// The last manifest of a kit, as the kit itself or central knows it: where the next one must continue.
package struct ManifestChainHead: Hashable, Sendable {
    /// 0 before the first.
    package let sequence: Int
    /// Lower-case hex SHA-256 of the signed manifest; nil before the first.
    package let digest: String?

    package init(sequence: Int, digest: String?) {
        self.sequence = sequence
        self.digest = digest
    }
}
