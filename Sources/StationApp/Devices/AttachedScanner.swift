import DeviceDrivers
import DeviceProfiles
import DeviceTransport
import DeviceTransportLinux
import EnrolmentCore

/// Whichever supported scanner is attached when a finger is taken: it may be plugged in after the
/// program was started, and again elsewhere.
struct AttachedScanner: FingerprintCapturing {
    let profiles: DeviceProfiles
    let lister: LibUSBDeviceLister

    /// The key of a picture travels on the same wire as the seed that scrambles it, so a seed hides
    /// nothing. libfprint's own sequence makes every session that libfprint's recordings hold replay
    /// with this program too, byte for byte.
    private static let keySeeds = UareUKeySeeds(listed: [
        0x51EA_2124, 0x735A_3120, 0x6373_5D1F, 0x597E_3284, 0x360D_0CF3, 0x4AF0_6F24,
    ])

    func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        try await find().capture(request, progress: progress)
    }

    func trigger() async {}

    func describe() async throws(DeviceError) -> DeviceDescription {
        try await find().describe()
    }

    private func find() throws(DeviceError) -> UareUScanner {
        let listings: [USBDeviceListing]
        do throws(TransportError) {
            listings = try lister.devices()
        } catch {
            throw DeviceError(.scanner, .absent, error.detail)
        }
        for listing in listings {
            guard let profile = profiles.profile(usbVendor: listing.vendor, product: listing.product),
                profile.kind == .scanner, profile.driver == UareUScanner.driverName
            else { continue }
            do throws(ProfileError) {
                return try UareUScanner(profile: profile, transport: LibUSBTransport(to: listing), seeds: Self.keySeeds)
            } catch {
                throw DeviceError(.scanner, .unreadable, "profile \(profile.id)")
            }
        }
        throw DeviceError(.scanner, .absent)
    }
}
