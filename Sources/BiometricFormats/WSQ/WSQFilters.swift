/// The 9/7 analysis pair, symmetric, from the centre outwards (IAFIS-IC-0110, annex A).
struct WSQFilters: Hashable {
    /// Five taps of the nine.
    let low: [Float]
    /// Four taps of the seven.
    let high: [Float]

    static let standard = WSQFilters(
        low: [
            0.852_698_679_009_403_44, 0.377_402_855_612_653_80, -0.110_624_404_418_423_42,
            -0.023_849_465_019_380_00, 0.037_828_455_506_995_46,
        ],
        high: [
            0.788_485_616_405_664_39, -0.418_092_273_222_212_21, -0.040_689_417_609_558_44,
            0.064_538_882_628_938_45,
        ])

    /// The standard pair as the transform segment stores it: negative, decimal exponent, mantissa.
    static let standardStored: [(negative: Bool, exponent: UInt8, mantissa: UInt32)] = [
        (false, 9, 0x32D3_2637), (false, 10, 0xE0F3_1B0C), (true, 10, 0x41EF_F1CC), (true, 11, 0x8E27_6546),
        (false, 11, 0xE179_A46F), (false, 9, 0x2EFF_55F0), (true, 10, 0xF933_D16C), (true, 11, 0xF287_1FC1),
        (false, 10, 0x2677_DA1A),
    ]

    /// The low-pass filter that undoes the pair: the high-pass taps with alternating signs.
    var synthesisLow: [Float] { Self.alternating(high) }
    /// The high-pass filter that undoes the pair: the low-pass taps with alternating signs.
    var synthesisHigh: [Float] { Self.alternating(low) }

    private static func alternating(_ taps: [Float]) -> [Float] {
        taps.enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : -$0.element }
    }
}
