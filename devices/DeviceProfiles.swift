/// All profiles that the station carries.
package struct DeviceProfiles: Sendable {
    package let all: [DeviceProfile]

    /// - Throws: `.ambiguous` when two profiles share an id or claim the same device.
    package init(_ all: [DeviceProfile]) throws(ProfileError) {
        for (index, profile) in all.enumerated() {
            for other in all[..<index]
            where other.id == profile.id || other.match.contains(where: profile.match.contains) {
                throw ProfileError.ambiguous(profile: profile.id, other: other.id)
            }
        }
        self.all = all
    }

    /// The profiles that are built into the program.
    package static func embedded() throws(ProfileError) -> DeviceProfiles {
        var all: [DeviceProfile] = []
        for (file, json) in embeddedFiles {
            all.append(try DeviceProfile(json: json, file: file))
        }
        return try DeviceProfiles(all)
    }

    /// The profile of a USB device, nil for a device that is not ours.
    package func profile(usbVendor vendor: UInt16, product: UInt16) -> DeviceProfile? {
        all.first { profile in
            profile.match.contains { $0.bus == .usb && $0.vendor == vendor && $0.product == product }
        }
    }

    /// The profile of a HID device, nil for a device that is not ours.
    package func profile(hidVendor vendor: UInt16, product: UInt16) -> DeviceProfile? {
        all.first { profile in
            profile.match.contains { $0.bus == .hid && $0.vendor == vendor && $0.product == product }
        }
    }

    /// The profile with this id.
    package func profile(id: String) -> DeviceProfile? {
        all.first { $0.id == id }
    }
}
