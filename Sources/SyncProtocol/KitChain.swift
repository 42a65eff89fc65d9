/// How far central is with a kit, so that the kit can tell whether its own data folder is as far.
///
/// Numbers may be missing below `sequence`: urgent packets go first.
package struct KitChain: Hashable, Sendable, Codable {
    /// The highest number of a manifest that the kit's present key signed and central took; 0 before the first.
    package let sequence: Int
    /// Lower-case hex SHA-256 of that manifest; nil before the first.
    package let digest: String?
    /// How many receipts central has given to this kit.
    package let receipts: Int
    /// Up to which number central holds the seal of each of the kit's days; nil from a central that takes none.
    package let seals: Int?

    package init(sequence: Int, digest: String?, receipts: Int, seals: Int? = nil) {
        self.sequence = sequence
        self.digest = digest
        self.receipts = receipts
        self.seals = seals
    }
}
