import Foundation

/// One interface of one USB device, as a driver uses it.
///
/// Shaped after events, since a device may talk unasked: several transfers are under way at once and
/// their ends come in one ordered stream. All calls except `cancel`, `wake` and `now` come from one
/// thread, the device's own `DeviceThread`, and may block it.
package protocol USBTransport: AnyObject, Sendable {
    /// Time since a fixed instant, only ever growing. It belongs to the transport because an emulated
    /// device brings its own, virtual time.
    var now: Duration { get }

    /// What is attached, without opening it.
    ///
    /// - Throws: `.absent` when it is not there.
    func identify() throws(TransportError) -> USBDeviceListing

    /// Opens the device and claims one interface, from a driver of the kernel too when one has bound it.
    /// A transport may be opened again after `close`.
    func open(_ interface: USBInterfaceChoice) throws(TransportError)

    /// Starts a transfer; its end comes from `nextCompletion`, exactly once.
    ///
    /// - Parameter limit: it ends with `.timedOut` after this; nil for a transfer that may stay
    ///   pending until it is cancelled.
    /// - Throws: when it could not be started; then no completion follows.
    func submit(_ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?) throws(TransportError)

    /// Waits for the end of any transfer.
    ///
    /// - Returns: nil when `deadline` (on the scale of `now`) has come or `wake` was called.
    func nextCompletion(before deadline: Duration) throws(TransportError) -> USBCompletion?

    /// Lets this much time pass, on the scale of `now`, on the device's thread.
    func rest(_ duration: Duration)

    /// Asks for an early end of a transfer; its completion still follows. Of no effect when it has
    /// already ended. Any thread.
    func cancel(_ id: USBTransferID)

    /// Makes the running or else the next `nextCompletion` return at once. Any thread.
    func wake()

    /// Makes an endpoint usable again after `.stalled`.
    func clearStall(of endpoint: UInt8) throws(TransportError)

    /// Cancels and collects what is still under way, releases the interface and closes the device.
    /// Safe to call at any time and more than once.
    func close()
}

extension USBTransport {
    /// On the wall's time; a transport with a time of its own has its own.
    package func rest(_ duration: Duration) {
        Thread.sleep(forTimeInterval: max(0, duration / .seconds(1)))
    }
}

/// The class triple that an interface declares (USB 2.0, 9.6.5).
package struct USBInterfaceClass: Hashable, Sendable {
    package let classCode: UInt8
    package let subclass: UInt8
    package let protocolCode: UInt8

    package init(classCode: UInt8, subclass: UInt8, protocolCode: UInt8) {
        self.classCode = classCode
        self.subclass = subclass
        self.protocolCode = protocolCode
    }

    /// FF/FF/FF: the vendor's own. On a composite device it need not be interface 0.
    package static let vendorSpecific = USBInterfaceClass(classCode: 0xFF, subclass: 0xFF, protocolCode: 0xFF)
}
