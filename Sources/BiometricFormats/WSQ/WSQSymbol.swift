/// The alphabet of the entropy coder.
enum WSQSymbol {
    /// Symbols 1 to 100 are runs of so many zeros.
    static let longestPlainRun = 100
    static let positive8: UInt8 = 101
    static let negative8: UInt8 = 102
    static let positive16: UInt8 = 103
    static let negative16: UInt8 = 104
    static let run8: UInt8 = 105
    static let run16: UInt8 = 106
    /// Symbols 107 to 254 are the coefficients -73 to 74.
    static let plainCoefficients = 107...254
    static let plainOffset = 180

    /// How many bits follow the code of a symbol.
    static func extraBits(_ symbol: UInt8) -> UInt32 {
        switch symbol {
        case positive8, negative8, run8: 8
        case positive16, negative16, run16: 16
        default: 0
        }
    }
}
