/// An open HID device. In every report the first byte is the report's id, both ways.
///
/// All calls but `cancel` come from one thread, the device's own.
package protocol HIDConnection: Sendable {
    /// Asks for feature report `id`.
    ///
    /// - Parameter length: of the report with its id byte; the answer is never longer but may be shorter.
    /// - Throws: `.stalled` when the device has no such report.
    func featureReport(_ id: UInt8, length: Int) throws(TransportError) -> [UInt8]

    /// Sends a feature report at its full length.
    func setFeatureReport(_ report: [UInt8]) throws(TransportError)

    /// Sends an output report.
    func write(_ report: [UInt8]) throws(TransportError)

    /// The next input report, whole.
    ///
    /// - Throws: `.timedOut` when none came within `limit`, `.cancelled` after `cancel`.
    func inputReport(within limit: Duration) throws(TransportError) -> [UInt8]

    /// Ends the read that is under way, or else the next one, with `.cancelled`; from any thread.
    ///
    /// Only that one read ends, so that the driver can still clear the device afterwards.
    func cancel()

    /// Gives the device back. Any later call throws `.unplugged`; closing twice is harmless.
    func close()
}
