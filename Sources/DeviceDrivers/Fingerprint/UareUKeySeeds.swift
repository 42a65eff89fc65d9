/// Seeds for the picture's keys, one for each key that a session fetches.
///
/// A replayed recording compares every byte that goes out, so the seeds of libfprint's recordings are known
/// here (GLib's generator, started with FACADE).
package struct UareUKeySeeds: Sendable {
    private var listed: [UInt32]

    /// A new random seed at each key.
    package static let random = UareUKeySeeds(listed: [])

    /// libfprint's own sequence first, then random ones. The key of a picture travels on the same wire as the
    /// seed that scrambles it, so a seed hides nothing; and so every session that libfprint's recordings hold
    /// replays with this driver too, byte for byte.
    package static let replayable = UareUKeySeeds(listed: [
        0x51EA_2124, 0x735A_3120, 0x6373_5D1F, 0x597E_3284, 0x360D_0CF3, 0x4AF0_6F24,
    ])

    /// - Parameter listed: used in this order, then random ones follow. Bit 31 is dropped: the scanner
    ///   takes 31 bits.
    package init(listed: [UInt32]) {
        self.listed = listed.reversed()
    }

    mutating func next() -> UInt32 {
        (listed.popLast() ?? UInt32.random(in: 0...UInt32.max)) & 0x7FFF_FFFF
    }
}
