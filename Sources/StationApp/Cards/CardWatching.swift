package import DeviceDrivers
import DeviceTransportLinux
package import StationUI

/// What happens to the readers of this laptop and to the cards in them.
package enum CardWatching {
    /// From now on, until nobody listens any more; what is there already comes first.
    package static func events() -> AsyncStream<CardEvent> { CardWatcher(transport: PCSCTransport()).events() }

    /// The same as what a person sees of it; ends when nobody listens any more.
    package static func states() -> AsyncStream<ReaderState> { states(of: events()) }

    static func states(of events: AsyncStream<CardEvent>) -> AsyncStream<ReaderState> {
        AsyncStream { continuation in
            let watching = Task {
                var presence = ReaderPresence()
                continuation.yield(presence.state)
                for await event in events {
                    presence.handle(event)
                    continuation.yield(presence.state)
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in watching.cancel() }
        }
    }
}
