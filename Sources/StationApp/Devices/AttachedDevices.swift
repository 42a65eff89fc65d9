import DeviceDrivers
import DeviceProfiles
import DeviceTransport
import DeviceTransportLinux
package import EnrolmentCore

/// The devices that are plugged into this laptop.
package struct AttachedDevices: KitDeviceSource {
    private let portraitFile: String?
    private let cameraNode: String
    private let profiles: DeviceProfiles
    private let clock: any WallClock

    /// - Parameters:
    ///   - portraitFile: a JPEG to take as the portrait, in place of a camera.
    ///   - cameraNode: for example `/dev/video0`.
    /// - Throws: `input.missingConfiguration` when the built-in profiles cannot be read.
    package init(portraitFile: String?, cameraNode: String, clock: any WallClock) throws(FailureReport) {
        self.portraitFile = portraitFile
        self.cameraNode = cameraNode
        self.clock = clock
        do {
            profiles = try DeviceProfiles.embedded()
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "device profiles", kept: .nothingToKeep)
        }
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
            scanner: AttachedScanner(profiles: profiles, lister: LibUSBDeviceLister()),
            cardReader: BelgianEIDReader(transport: PCSCTransport(), clock: clock),
            pad: STUPad(transport: HIDAPITransport(), now: elapsed, wallClock: clock), camera: camera)
    }

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
                place: "usb \(listing.bus)-\(listing.address)", profile: profile.id, certified: profile.certified)
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
