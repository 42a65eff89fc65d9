import DeviceProfiles
package import EnrolmentCore

/// What a model's profile says of its scale, to compare a calibration with.
package struct ScannerFigures: Hashable, Sendable {
    package let profile: String
    /// Pixels an inch of the raw picture.
    package let horizontalPixelsPerInch: Double
    package let verticalPixelsPerInch: Double

    /// Of the scanner with this profile.
    ///
    /// - Throws: `input.missingConfiguration` when there is no such scanner.
    package init(profile id: String) throws(FailureReport) {
        guard let profile = try AttachedDevices.embeddedProfiles().profile(id: id), profile.kind == .scanner,
            let parameters = try? ScannerParameters(profile)
        else {
            throw FailureReport(.input(.missingConfiguration), detail: "no scanner profile \(id)", kept: .nothingToKeep)
        }
        self.profile = id
        horizontalPixelsPerInch = parameters.horizontalPixelsPerInch
        verticalPixelsPerInch = parameters.verticalPixelsPerInch
    }
}
