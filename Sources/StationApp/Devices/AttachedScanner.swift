import DeviceDrivers
import DeviceProfiles
import DeviceTransport
import DeviceTransportLinux
import EnrolmentCore
import Synchronization

/// Whichever supported scanner is attached when a finger is taken: it may be plugged in after the
/// program was started, and again elsewhere.
final class AttachedScanner: FingerprintCapturing {
    private let profiles: DeviceProfiles
    private let lister: any USBDeviceLister
    /// The serial of the one that is meant; nil for the only one that is attached.
    private let serial: String?
    private let running = Mutex<(any FingerprintCapturing)?>(nil)

    init(profiles: DeviceProfiles, lister: any USBDeviceLister, serial: String? = nil) {
        self.profiles = profiles
        self.lister = lister
        self.serial = serial
    }

    func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        let scanner = try find()
        running.withLock { $0 = scanner }
        defer { running.withLock { $0 = nil } }
        return try await scanner.capture(request, progress: progress)
    }

    func trigger() async {
        await running.withLock { $0 }?.trigger()
    }

    func describe() async throws(DeviceError) -> DeviceDescription {
        try await find().describe()
    }

    private func find() throws(DeviceError) -> any FingerprintCapturing {
        let listings: [USBDeviceListing]
        do throws(TransportError) {
            listings = try lister.devices()
        } catch {
            throw DeviceError(.scanner, .absent, error.detail)
        }
        for listing in listings {
            guard let profile = profiles.profile(usbVendor: listing.vendor, product: listing.product),
                FingerprintScanners.serves(profile)
            else { continue }
            do throws(ProfileError) {
                return try FingerprintScanners.make(profile, transport: LibUSBTransport(to: listing))
            } catch {
                throw DeviceError(.scanner, .unreadable, "profile \(profile.id)")
            }
        }
        throw DeviceError(.scanner, .absent)
    }
}
