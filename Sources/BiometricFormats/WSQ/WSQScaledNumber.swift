/// A number as WSQ stores it: a whole number over a power of ten.
struct WSQScaledNumber: Hashable {
    let exponent: UInt8
    let mantissa: UInt16

    static let zero = WSQScaledNumber(exponent: 0, mantissa: 0)

    init(exponent: UInt8, mantissa: UInt16) {
        self.exponent = exponent
        self.mantissa = mantissa
    }

    /// The form with the most digits that fit; a number too large becomes the largest one.
    init(_ value: Double) {
        guard value > 0 else {
            self = .zero
            return
        }
        var scaled = min(value, 65534)
        var exponent: UInt8 = 0
        while scaled * 10 < 65535, exponent < 255 {
            scaled *= 10
            exponent += 1
        }
        self.init(exponent: exponent, mantissa: UInt16(scaled + 0.5))
    }

    var value: Double { Self.scale(Double(mantissa), exponent) }

    static func scale(_ mantissa: Double, _ exponent: UInt8) -> Double {
        var divisor = 1.0
        for _ in 0..<exponent { divisor *= 10 }
        return mantissa / divisor
    }
}
