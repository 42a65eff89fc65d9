package import DeviceTransport

/// The devices that libusb sees.
package struct LibUSBDeviceLister: USBDeviceLister {
    package init() {}

    package func devices() throws(TransportError) -> [USBDeviceListing] {
        let context = try LibUSBContext()
        let listings = try context.withDevices { devices throws(TransportError) in devices.map(\.listing) }
        return listings.sorted { ($0.bus, $0.address) < ($1.bus, $1.address) }
    }
}
