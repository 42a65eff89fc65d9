/// An attached HID device, as the system lists it before it is opened.
package struct HIDDevice: Hashable, Sendable {
    /// Where the system finds it; good until it is unplugged.
    package let path: String
    package let vendorID: UInt16
    package let productID: UInt16
    /// The maker's name for the model, perhaps empty.
    package let product: String
    /// Nil when the device tells none.
    package let serial: String?

    package init(path: String, vendorID: UInt16, productID: UInt16, product: String, serial: String?) {
        self.path = path
        self.vendorID = vendorID
        self.productID = productID
        self.product = product
        self.serial = serial
    }
}
