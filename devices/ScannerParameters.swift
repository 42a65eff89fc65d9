/// What a driver of a single-finger area scanner must know about a model.
package struct ScannerParameters: Hashable, Sendable {
    /// The picture that the driver hands out as raw, in pixels.
    package let columns: Int
    package let rows: Int
    /// The part of the raw picture, upright, that shows the glass.
    package let activeColumns: Range<Int>
    package let activeRows: Range<Int>
    /// Whether the device delivers its picture turned by half a turn.
    package let isTurned: Bool
    /// Pixels an inch of the raw picture along a row and along a column. They differ: the optics are
    /// tilted. ISO/IEC 19794-4 wants 1 % at 500, which only a calibration of the model can give.
    package private(set) var horizontalPixelsPerInch: Double
    package private(set) var verticalPixelsPerInch: Double
    /// Whether those two were measured with a target, and not derived from data sheets.
    package private(set) var isCalibrated: Bool
    /// Whether the device wants proof at power-up that it talks to its vendor's driver.
    package let wantsChallengeResponse: Bool

    package init(_ profile: DeviceProfile) throws(ProfileError) {
        columns = try profile.integer("columns", in: 1...4096)
        rows = try profile.integer("rows", in: 1...4096)
        activeColumns = try profile.range("activeColumns", within: 0..<columns)
        activeRows = try profile.range("activeRows", within: 0..<rows)
        isTurned = try profile.flag("turned")
        horizontalPixelsPerInch = try profile.number("horizontalPixelsPerInch", in: 100...2000)
        verticalPixelsPerInch = try profile.number("verticalPixelsPerInch", in: 100...2000)
        isCalibrated = try profile.flag("calibrated")
        wantsChallengeResponse = profile.quirks.contains("challenge-response")
    }

    /// The same model with the scale that was measured on one device of it; unchanged without one.
    package func scaled(by measured: ScannerScale?) -> ScannerParameters {
        guard let measured else { return self }
        var result = self
        result.horizontalPixelsPerInch = measured.horizontalPixelsPerInch
        result.verticalPixelsPerInch = measured.verticalPixelsPerInch
        result.isCalibrated = true
        return result
    }
}
