package import DeviceDrivers
import DeviceTransportLinux

/// What happens to the readers of this laptop and to the cards in them.
package enum CardWatching {
    /// From now on, until nobody listens any more; what is there already comes first.
    package static func events() -> AsyncStream<CardEvent> { CardWatcher(transport: PCSCTransport()).events() }
}
