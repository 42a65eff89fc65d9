/// What an emulated scanner saw of its driver, to check that it cleaned up.
package struct ScannerTraces: Hashable, Sendable {
    /// Whether its interface is still claimed.
    package let isOpen: Bool
    package let pendingTransfers: Int
    /// How many transfers were started in all.
    package let transfers: Int
    package let openings: Int
    /// How many transfers were started to fetch a picture.
    package let pictures: Int
    /// What the driver wrote last to the mode register; 70 is off.
    package let mode: UInt8
}
