package import EnrolmentCore

/// What the pad can measure (report 09).
package struct STUCapability: Hashable, Sendable {
    package let geometry: PadGeometry
    package let screenWidth: Int
    package let screenHeight: Int

    /// Points an inch when the pad names none: a hundred a millimetre.
    private static let usualResolution = 2540

    /// - Returns: nil for a report that is too short, or that names a surface without extent, which
    ///   no later division would survive.
    package init?(_ report: [UInt8]) {
        guard report.count >= 15, report[0] == STUReportID.capability else { return nil }
        func word(_ index: Int) -> Int { Int(report[index]) << 8 | Int(report[index + 1]) }
        guard word(1) > 0, word(3) > 0, (1...0x0FFF).contains(word(5)) else { return nil }
        let resolution = word(12) > 0 ? word(12) : Self.usualResolution
        geometry = PadGeometry(
            maximumX: word(1), maximumY: word(3), maximumPressure: word(5),
            widthInHundredthsOfMillimetre: word(1) * 2540 / resolution,
            heightInHundredthsOfMillimetre: word(3) * 2540 / resolution)
        screenWidth = word(7)
        screenHeight = word(9)
    }
}
