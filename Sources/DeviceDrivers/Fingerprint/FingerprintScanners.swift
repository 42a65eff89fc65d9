package import DeviceProfiles
package import DeviceTransport
package import EnrolmentCore

/// The one place that knows which driver serves which model: a profile names its driver, and nothing above
/// asks for more.
package enum FingerprintScanners {
    /// Whether there is a driver for what this profile describes.
    package static func serves(_ profile: DeviceProfile) -> Bool {
        profile.kind == .scanner && drivers.contains(profile.driver)
    }

    private static let drivers: Set<String> = [UareUScanner.driverName, MorphoScanner.driverName]

    /// The driver of a scanner.
    ///
    /// - Parameter scale: what a calibration of this very device measured; else the profile's figures count.
    /// - Throws: `ProfileError` when no driver has the profile's name for it, or it lacks a figure that the
    ///   driver needs.
    package static func make(
        _ profile: DeviceProfile, transport: any USBTransport, scale: ScannerScale? = nil
    ) throws(ProfileError) -> any FingerprintCapturing {
        switch profile.driver {
        case UareUScanner.driverName:
            return try UareUScanner(profile: profile, transport: transport, calibration: scale)
        case MorphoScanner.driverName:
            return try MorphoScanner(profile: profile, transport: transport, calibration: scale)
        default: throw ProfileError.parameter(profile: profile.id, name: "driver")
        }
    }
}
