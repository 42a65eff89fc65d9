/// Finds and opens HID devices: hidapi in the field, an emulated pad in tests and in training.
///
/// Every call blocks; a driver calls from its own `DeviceThread`.
package protocol HIDTransport: Sendable {
    /// The attached devices of one maker, in a stable order.
    func list(vendorID: UInt16) throws(TransportError) -> [HIDDevice]

    /// Opens a device that `list` named.
    ///
    /// - Throws: `.absent` when it has gone since, `.permissionDenied` when the udev rule is missing,
    ///   `.busy` when another program holds it alone.
    func open(_ device: HIDDevice) throws(TransportError) -> any HIDConnection
}
