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

    /// Which of the attached devices this one is now, perhaps plugged in again elsewhere: the one of the
    /// same model with the same serial. Of a model without serials it is the one in the same place or, when
    /// only one is attached, that one.
    package func found(among attached: [USBDeviceListing]) -> USBDeviceListing? {
        let alike = attached.filter { $0.vendor == vendor && $0.product == product && $0.serial == serial }
        if serial != nil { return alike.first }
        return alike.first { $0.bus == bus && $0.address == address } ?? (alike.count == 1 ? alike[0] : nil)
    }
}

/// Says which USB devices are attached.
package protocol USBDeviceLister: Sendable {
    /// All devices, in the order of bus and address. Opens none of them, so that it needs no rights and
    /// disturbs no running capture.
    func devices() throws(TransportError) -> [USBDeviceListing]
}
