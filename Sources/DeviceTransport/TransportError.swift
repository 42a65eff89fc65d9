/// What can go wrong below a driver, the same for every bus. A driver turns it into a `DeviceError`
/// by adding which part of the kit it is.
package struct TransportError: Error, Hashable, Sendable {
    package let reason: Reason
    /// The library's own name for it, for a technician.
    package let detail: String

    package enum Reason: String, CaseIterable, Sendable {
        case absent, unplugged, busy, permissionDenied, timedOut, cancelled, stalled, overflow, inputOutput, serviceDown
    }

    package init(_ reason: Reason, _ detail: String = "") {
        self.reason = reason
        self.detail = detail
    }
}
