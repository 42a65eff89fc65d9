import EnrolmentCore
import StationApp
import StationUI

/// A calibration as `loket finger calibrate` reports it.
struct ShownCalibration: Encodable {
    struct Direction: Encodable {
        let pixelsPerInch: Double
        /// As a share of it.
        let uncertainty: Double
        let profilePixelsPerInch: Double
        /// ISO/IEC 19794-4 and ICAO allow 1 % at 500 pixels an inch.
        let isWithinOnePercent: Bool

        init?(_ scale: ScannerCalibration.Scale?, profile: Double) {
            guard let scale else { return nil }
            pixelsPerInch = scale.pixelsPerInch
            uncertainty = scale.uncertainty
            profilePixelsPerInch = profile
            isWithinOnePercent = abs(scale.pixelsPerInch / profile - 1) <= 0.01
        }
    }

    let profile: String
    let serial: String?
    let horizontal: Direction?
    let vertical: Direction?
    let rotationDegrees: [Double]
    let written: String?

    init(_ measured: [ScannerCalibration], figures: ScannerFigures, serial: String?, written: String?) {
        profile = figures.profile
        self.serial = serial
        horizontal = Direction(measured.best(\.horizontal), profile: figures.horizontalPixelsPerInch)
        vertical = Direction(measured.best(\.vertical), profile: figures.verticalPixelsPerInch)
        rotationDegrees = measured.map { ($0.rotationDegrees * 100).rounded() / 100 }
        self.written = written
    }

    func text(in words: Catalogue) -> String {
        let angles = rotationDegrees.map { "\($0)°" }.joined(separator: ", ")
        return [
            line(words.line(.calibrateHorizontal), horizontal, words),
            line(words.line(.calibrateVertical), vertical, words), words.line(.calibrateTurned, angles),
            written.map { words.line(.calibrateWritten, $0) },
        ].compactMap { $0 }.joined(separator: "\n")
    }

    private func line(_ name: String, _ direction: Direction?, _ words: Catalogue) -> String {
        guard let direction else { return words.line(.calibrateNoLines, name) }
        let tenths = (direction.pixelsPerInch * 10).rounded() / 10
        let share = (direction.uncertainty * 10_000).rounded() / 100
        return words.line(
            direction.isWithinOnePercent ? .calibrateWithin : .calibrateBeyond, name, "\(tenths)", "\(share)",
            "\(direction.profilePixelsPerInch)")
    }
}
