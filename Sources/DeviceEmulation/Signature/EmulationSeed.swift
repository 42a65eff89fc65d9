/// A small generator whose numbers follow from its seed alone, on every machine (SplitMix64).
package struct EmulationSeed: RandomNumberGenerator, Hashable, Sendable {
    private var state: UInt64

    package init(_ seed: UInt64) {
        state = seed
    }

    /// A seed that follows from a text, the same in every process (FNV-1a), unlike `hashValue`.
    package init(_ text: String) {
        state = text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// A number in `range`, uniformly.
    package mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + Double(next() >> 11) / 9_007_199_254_740_992 * (range.upperBound - range.lowerBound)
    }
}
