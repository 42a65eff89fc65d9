import DeviceDrivers
import DeviceProfiles
import DeviceTransport
import DeviceTransportLinux
package import EnrolmentCore
package import StationUI

/// The devices that are plugged into this laptop.
package struct AttachedDevices: KitDeviceSource {
    private let portraitFile: String?
    private let cameraNode: String
    private let profiles: DeviceProfiles
    private let clock: any WallClock
    private let scanner: String?
    private let calibrations: ScannerCalibrations

    /// - Parameters:
    ///   - portraitFile: a JPEG to take as the portrait, in place of a camera.
    ///   - cameraNode: for example `/dev/video0`.
    ///   - scanner: the serial or the place of the scanner that is meant, where several are attached.
    ///   - calibrations: what was measured on this kit's scanners.
    /// - Throws: `input.missingConfiguration` when the built-in profiles cannot be read.
    package init(
        portraitFile: String?, cameraNode: String, scanner: String? = nil,
        calibrations: ScannerCalibrations = ScannerCalibrations(), clock: any WallClock
    ) throws(FailureReport) {
        self.scanner = scanner
        self.calibrations = calibrations
        self.portraitFile = portraitFile
        self.cameraNode = cameraNode
        self.clock = clock
        profiles = try Self.embeddedProfiles()
    }

    static func embeddedProfiles() throws(FailureReport) -> DeviceProfiles {
        do throws(ProfileError) {
            return try DeviceProfiles.embedded()
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "device profiles", kept: .nothingToKeep)
        }
    }

    /// What udev needs so that the officer may use every device with a profile.
    package static func udevRules() throws(FailureReport) -> String {
        UdevRules(for: try embeddedProfiles()).text
    }

    /// The card reader alone, for what wants no other device.
    package static func cardReader(clock: any WallClock = SystemClock()) -> any KitCardReading {
        BelgianEIDReader(transport: PCSCTransport(), clock: clock)
    }

    package func devices(for planned: PlannedCase?) async throws(FailureReport) -> KitDevices {
        let start = ContinuousClock.now
        let elapsed: @Sendable () -> Duration = { start.duration(to: .now) }
        let camera: CameraPortrait
        if let portraitFile {
            camera = CameraPortrait(
                source: StillImageFrameSource(path: portraitFile), trigger: .pictureFile, now: elapsed,
                wallClock: clock)
        } else {
            camera = CameraPortrait(source: V4L2FrameSource(path: cameraNode), now: elapsed, wallClock: clock)
        }
        return KitDevices(
            scanner: AttachedScanner(profiles: profiles, wanted: scanner, calibrations: calibrations),
            cardReader: BelgianEIDReader(transport: PCSCTransport(), clock: clock),
            pad: STUPad(transport: HIDAPITransport(), now: elapsed, wallClock: clock), camera: camera)
    }

    package func readerStates() -> AsyncStream<ReaderState> { CardWatching.states() }

    /// A bus that cannot be looked at has nothing to list; each device's own test says why.
    package func attached() async throws(FailureReport) -> [AttachedDevice] {
        let scanners = (try? LibUSBDeviceLister().devices()) ?? []
        let pads = (try? HIDAPITransport().list(vendorID: STUPad.vendorID)) ?? []
        let readers = (try? PCSCTransport().slots()) ?? []
        return scanners.compactMap { listing in
            guard let profile = profiles.profile(usbVendor: listing.vendor, product: listing.product),
                profile.kind == .scanner
            else { return nil }
            return AttachedDevice(
                kind: .scanner, name: listing.productName ?? profile.name, serial: listing.serial,
                place: listing.place, profile: profile.id, certified: profile.certified)
        }
            + readers.map {
                AttachedDevice(
                    kind: .cardReader, name: $0.reader, serial: nil, place: "pcsc", profile: nil, certified: false)
            }
            + pads.map {
                let profile = profiles.profile(hidVendor: $0.vendorID, product: $0.productID)
                return AttachedDevice(
                    kind: .signaturePad, name: $0.product, serial: $0.serial, place: $0.path, profile: profile?.id,
                    certified: profile?.certified ?? false)
            }
    }
}
