/// How many stored units make one physical unit: five bits of exponent, eleven of fraction.
struct SignatureScaling: Hashable {
    let stored: UInt16

    init(stored: UInt16) { self.stored = stored }

    /// The nearest scaling to a positive number between 2^-16 and 2^16.
    init(_ value: Double) {
        var exponent = 16
        var mantissa = value
        while mantissa >= 2, exponent < 31 {
            mantissa /= 2
            exponent += 1
        }
        while mantissa < 1, exponent > 0 {
            mantissa *= 2
            exponent -= 1
        }
        let fraction = Int(min(max((mantissa - 1) * 2048, 0), 2047).rounded())
        stored = UInt16(exponent << 11 | fraction)
    }

    /// Always above 0.
    var value: Double {
        var value = 1 + Double(stored & 0x7FF) / 2048
        let exponent = Int(stored >> 11) - 16
        for _ in 0..<abs(exponent) { value = exponent > 0 ? value * 2 : value / 2 }
        return value
    }
}
