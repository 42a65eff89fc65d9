/// Seeds for the picture's keys: random in the field, listed when a recorded session is replayed.
///
/// Replay compares every byte that goes out. libfprint records with a generator that always gives
/// 51EA2124, 735A3120, 63735D1F, 597E3284, 360D0CF3, 4AF06F24 (GLib's, started with FACADE), one for
/// each key that the session fetches.
package struct UareUKeySeeds: Sendable {
    private var listed: [UInt32]

    /// A new random seed at each key.
    package static let random = UareUKeySeeds(listed: [])

    /// - Parameter listed: used in this order, then random ones follow. Bit 31 is dropped: the scanner
    ///   takes 31 bits.
    package init(listed: [UInt32]) {
        self.listed = listed.reversed()
    }

    /// Reads a list as the command line has it: hexadecimal, `0x` or not, with commas between.
    ///
    /// - Returns: nil when it is not such a list.
    package init?(text: String) {
        var listed: [UInt32] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let digits = part.hasPrefix("0x") ? part.dropFirst(2) : part
            guard let seed = UInt32(digits, radix: 16) else { return nil }
            listed.append(seed)
        }
        self.init(listed: listed)
    }

    mutating func next() -> UInt32 {
        (listed.popLast() ?? UInt32.random(in: 0...UInt32.max)) & 0x7FFF_FFFF
    }
}
