import EnrolmentCore
import StationApp

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

    var text: String {
        let angles = rotationDegrees.map { "\($0)°" }.joined(separator: ", ")
        return [
            line("horizontal", horizontal), line("vertical", vertical), "target turned by \(angles)",
            written.map { "written to \($0)" },
        ].compactMap { $0 }.joined(separator: "\n")
    }

    private func line(_ name: String, _ direction: Direction?) -> String {
        guard let direction else { return "\(name): no lines in the picture" }
        let tenths = (direction.pixelsPerInch * 10).rounded() / 10
        let share = (direction.uncertainty * 10_000).rounded() / 100
        let verdict = direction.isWithinOnePercent ? "within 1 % of" : "more than 1 % from"
        return
            "\(name): \(tenths) pixels an inch ± \(share) %, \(verdict) the profile's \(direction.profilePixelsPerInch)"
    }
}
