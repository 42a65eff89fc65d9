package import DeviceTransport

/// A device that the server offers: how it is reached, and what it says of itself.
package struct USBIPExport: Sendable {
    /// Where the device sits, as a client names it: bus and port, for example `1-2`.
    package let busID: String
    package let descriptors: USBDescriptors
    package let transport: any USBTransport
    /// The interface that the transport is opened for.
    package let interface: USBInterfaceChoice
    private let port: Int

    /// - Parameter port: from 1, another one for each device of a server.
    package init(
        _ transport: any USBTransport, _ descriptors: USBDescriptors, interface: USBInterfaceChoice = .number(0),
        port: Int
    ) {
        busID = "1-\(port)"
        self.descriptors = descriptors
        self.transport = transport
        self.interface = interface
        self.port = port
    }

    /// Whether the device is attached to the server now.
    var isAttached: Bool {
        do throws(TransportError) {
            _ = try transport.identify()
            return true
        } catch {
            return false
        }
    }

    /// The 312 bytes by which a server describes a device: path, bus id, numbers, speed and ids.
    var description: [UInt8] {
        // Full speed is 2, and all devices here are.
        let places: [UInt32] = [1, UInt32(port + 1), 2]
        let numbers = [descriptors.vendor, descriptors.product, descriptors.release]
        return padded("/sys/devices/emulated/usb1/\(busID)", to: 256)
            + padded(busID, to: USBIPMessage.busIDLength)
            + places.flatMap { USBIPMessage.bytes($0) }
            + numbers.flatMap { USBIPMessage.bytes($0) }
            + descriptors.deviceClass
            + [
                descriptors.configurationValue, descriptors.configurationCount,
                UInt8(clamping: descriptors.interfaces.count),
            ]
    }

    private func padded(_ text: String, to length: Int) -> [UInt8] {
        let bytes = Array(text.utf8.prefix(length - 1))
        return bytes + [UInt8](repeating: 0, count: length - bytes.count)
    }
}
