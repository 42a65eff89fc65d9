/// The udev rules that let the officer at the laptop use every device that has a profile.
///
/// `loket devices udev` prints them, and `udev/60-draagbaar-loket.rules` is that very text, for packaging.
package struct UdevRules: Sendable {
    private let profiles: [DeviceProfile]

    package init(for profiles: DeviceProfiles) {
        self.profiles = profiles.all
    }

    /// The whole file.
    package var text: String {
        let parts = [
            """
            # Lets the officer who sits at the laptop use the kit, without root and without a group.
            # Made from devices/profiles by `loket devices udev`: add a profile, never a line here.
            # A suspended scanner loses its state and may refuse to open, so it stays powered while attached.

            ACTION=="remove", GOTO="draagbaar_loket_end"
            """, scanners, pads, "LABEL=\"draagbaar_loket_end\"\n",
        ]
        return parts.joined(separator: "\n\n")
    }

    private var scanners: String {
        let lines = numbers(of: .scanner, on: .usb).map { vendor, product in
            "SUBSYSTEM==\"usb\", ENV{DEVTYPE}==\"usb_device\", ATTR{idVendor}==\"\(vendor)\", "
                + "ATTR{idProduct}==\"\(product)\", TAG+=\"uaccess\", TEST==\"power/control\", "
                + "ATTR{power/control}=\"on\""
        }
        return (["# Fingerprint scanners"] + lines).joined(separator: "\n")
    }

    private var pads: String {
        let lines = numbers(of: .signaturePad, on: .hid).map { vendor, product in
            "SUBSYSTEM==\"hidraw\", ATTRS{idVendor}==\"\(vendor)\", ATTRS{idProduct}==\"\(product)\", "
                + "TAG+=\"uaccess\", MODE=\"0660\""
        }
        let head = """
            # Signature pads. Every reader of a hidraw node gets its own copy of the ink, so nobody but the seat may open it.
            # Cameras need no line: systemd's own rules give video nodes to the seat.
            """
        return ([head] + lines).joined(separator: "\n")
    }

    /// In order, as udev writes them: four small hexadecimal digits.
    private func numbers(of kind: DeviceProfile.Kind, on bus: DeviceMatch.Bus) -> [(String, String)] {
        let pairs = profiles.filter { $0.kind == kind }.flatMap(\.match).compactMap { match -> (UInt16, UInt16)? in
            guard match.bus == bus, let vendor = match.vendor, let product = match.product else { return nil }
            return (vendor, product)
        }
        return pairs.sorted { $0 < $1 }.map { (Self.digits($0.0), Self.digits($0.1)) }
    }

    private static func digits(_ number: UInt16) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 4 - text.count) + text
    }
}
