/// What can go wrong below a driver, the same for every bus. A driver turns it into a `DeviceError`
/// by adding which part of the kit it is.
package struct TransportError: Error, Hashable, Sendable {
    package let reason: Reason
    /// The library's own name for it, for a technician.
    package let detail: String

    package enum Reason: String, CaseIterable, Sendable {
        case absent, unplugged, busy, permissionDenied, timedOut, cancelled, stalled, overflow, inputOutput, serviceDown
        /// The reader is there and no card is in it.
        case noCard
        /// The card left the reader, so what was begun with it is over.
        case cardRemoved
        /// The card was reset by another program and has forgotten what was selected; it is still there.
        case cardReset
        /// A card is in the reader and does not answer: put in the wrong way round, or broken.
        case cardMute
        /// Another program holds the card for itself alone.
        case sharingViolation
    }

    package init(_ reason: Reason, _ detail: String = "") {
        self.reason = reason
        self.detail = detail
    }
}
