/// A USB device as it is found on the bus, before anything is sent to it.
package struct USBDeviceListing: Hashable, Sendable {
    package let vendor: UInt16
    package let product: UInt16
    /// The device's own version, binary-coded decimal (bcdDevice).
    package let release: UInt16
    package let bus: Int
    /// Given anew at each plugging in; only for a technician.
    package let address: Int
    /// Names the device across replugging, when it has one.
    package let serial: String?
    package let productName: String?

    package init(
        vendor: UInt16, product: UInt16, release: UInt16, bus: Int, address: Int, serial: String?, productName: String?
    ) {
        self.vendor = vendor
        self.product = product
        self.release = release
        self.bus = bus
        self.address = address
        self.serial = serial
        self.productName = productName
    }

    /// Whether `other` is the same device, perhaps plugged in again elsewhere: same model and same
    /// serial, or for a model without serials the same place.
    package func isSameDevice(as other: USBDeviceListing) -> Bool {
        guard vendor == other.vendor, product == other.product else { return false }
        guard serial != nil || other.serial != nil else { return bus == other.bus && address == other.address }
        return serial == other.serial
    }
}

/// Says which USB devices are attached.
package protocol USBDeviceLister: Sendable {
    /// All devices, in the order of bus and address. Opens none of them, so that it needs no rights and
    /// disturbs no running capture.
    func devices() throws(TransportError) -> [USBDeviceListing]
}
