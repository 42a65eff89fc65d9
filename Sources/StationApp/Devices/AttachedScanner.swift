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
    private let transport: @Sendable (USBDeviceListing) -> any USBTransport
    private let wanted: String?
    private let calibrations: ScannerCalibrations
    private let running = Mutex<(any FingerprintCapturing)?>(nil)

    /// - Parameters:
    ///   - wanted: the serial of the one that is meant, or its place as `loket devices list` shows it; nil
    ///     for the only one that is attached.
    ///   - transport: opens a listed device.
    init(
        profiles: DeviceProfiles, lister: any USBDeviceLister = LibUSBDeviceLister(), wanted: String? = nil,
        calibrations: ScannerCalibrations = ScannerCalibrations(),
        transport: @escaping @Sendable (USBDeviceListing) -> any USBTransport = { LibUSBTransport(to: $0) }
    ) {
        self.profiles = profiles
        self.lister = lister
        self.wanted = wanted
        self.calibrations = calibrations
        self.transport = transport
    }

    func capture(
        _ request: FingerCaptureRequest, progress: @escaping ProgressHandler
    ) async throws(DeviceError) -> CaptureOutcome<FingerFrame> {
        let (listing, scanner) = try find()
        running.withLock { $0 = scanner }
        defer { running.withLock { $0 = nil } }
        do throws(DeviceError) {
            return try await scanner.capture(request, progress: progress)
        } catch {
            guard error.problem == .busy, let holder = USBDeviceHolder.find(of: listing) else { throw error }
            throw DeviceError(.scanner, .busy, holder.text)
        }
    }

    func trigger() async {
        await running.withLock { $0 }?.trigger()
    }

    func describe() async throws(DeviceError) -> DeviceDescription {
        try await find().scanner.describe()
    }

    private func find() throws(DeviceError) -> (listing: USBDeviceListing, scanner: any FingerprintCapturing) {
        let listings: [USBDeviceListing]
        do throws(TransportError) {
            listings = try lister.devices()
        } catch {
            throw DeviceError(.scanner, .absent, error.detail)
        }
        let served = listings.compactMap { listing -> (USBDeviceListing, DeviceProfile)? in
            guard let profile = profiles.profile(usbVendor: listing.vendor, product: listing.product),
                FingerprintScanners.serves(profile), isWanted(listing)
            else { return nil }
            return (listing, profile)
        }
        guard let (listing, profile) = served.first else { throw DeviceError(.scanner, .absent, wanted ?? "") }
        // Which of two is meant cannot be guessed: a print must be known to come from one scanner, with its
        // calibration, and the person lays a finger on the other one half of the time.
        guard served.count == 1 else {
            throw DeviceError(.scanner, .ambiguous, served.map { $0.0.nameAndPlace }.joined(separator: "; "))
        }
        do throws(ProfileError) {
            let scale = calibrations.scale(profile: profile.id, serial: listing.serial)
            return (listing, try FingerprintScanners.make(profile, transport: transport(listing), scale: scale))
        } catch {
            throw DeviceError(.scanner, .unreadable, "profile \(profile.id)")
        }
    }

    private func isWanted(_ listing: USBDeviceListing) -> Bool {
        wanted.map { $0 == listing.serial || $0 == listing.place } ?? true
    }
}

extension USBDeviceListing {
    /// Where it is plugged in, as `loket devices list` shows it.
    var place: String { "usb \(bus)-\(address)" }

    fileprivate var nameAndPlace: String {
        "\(productName ?? "scanner") \(serial.map { "serial \($0), " } ?? "")\(place)"
    }
}
