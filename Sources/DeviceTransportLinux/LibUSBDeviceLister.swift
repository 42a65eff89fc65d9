package import DeviceTransport

/// The devices that libusb sees.
package struct LibUSBDeviceLister: USBDeviceLister {
    package init() {}

    package func devices() throws(TransportError) -> [USBDeviceListing] {
        var listings: [USBDeviceListing] = []
        let context = try LibUSBContext()
        _ = try context.first { device throws(TransportError) -> Never? in
            if let listing = LibUSBContext.listing(of: device) { listings.append(listing) }
            return nil
        }
        return listings.sorted { ($0.bus, $0.address) < ($1.bus, $1.address) }
    }
}
