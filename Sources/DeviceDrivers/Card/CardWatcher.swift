package import DeviceTransport
import Foundation

/// Watches all readers and tells what happens to them and to the cards in them, for as long as somebody
/// listens: readers that come and go, cards put in and pulled, the service stopped and started.
///
/// It talks to no card, so that it may watch while another part of the program reads; it needs a transport
/// of its own for that, since it waits in it. What is there when it begins comes as events, too.
package actor CardWatcher {
    private let transport: any CardTransport
    private let retry: Duration
    private let thread = DeviceThread(name: "card-watcher")

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - transport: this watcher's own.
    ///   - retry: between two looks for a service that does not run.
    package init(transport: any CardTransport, retry: Duration = .milliseconds(300)) {
        self.transport = transport
        self.retry = retry
    }

    /// The events from now on, in their order. One listener at a time: a second stream begins when the first
    /// has ended.
    ///
    /// It ends when its task is cancelled or it is let go, at once, and never by itself: a service that is gone
    /// is waited for.
    package nonisolated func events() -> AsyncStream<CardEvent> {
        AsyncStream { continuation in
            let watch = Watch()
            continuation.onTermination = { [transport] _ in
                watch.end()
                transport.cancel()
            }
            Task { await self.run(watch) { continuation.yield($0) } }
        }
    }

    private func run(_ watch: Watch, _ tell: (CardEvent) -> Void) {
        transport.rearm()
        var presence = CardPresence()
        var known: [CardSlot]?
        while !watch.hasEnded {
            do throws(TransportError) {
                let slots = try next(after: known)
                for event in presence.handle(slots) { tell(event) }
                known = slots
            } catch {
                if error.reason == .cancelled { return }
                known = nil
                if error.reason == .serviceDown { for event in presence.loseService() { tell(event) } }
                watch.wait(retry)
            }
        }
    }

    private func next(after known: [CardSlot]?) throws(TransportError) -> [CardSlot] {
        guard let known else { return try transport.slots() }
        do throws(TransportError) {
            return try transport.waitForChange(from: known, within: .seconds(3600))
        } catch  where error.reason == .timedOut {
            return known
        }
    }

    /// Whether somebody still listens, and a pause that ends when nobody does.
    // @unchecked: `isOver` is only touched under `condition`.
    private final class Watch: @unchecked Sendable {
        private let condition = NSCondition()
        private var isOver = false

        var hasEnded: Bool { condition.withLock { isOver } }

        func end() {
            condition.withLock {
                isOver = true
                condition.broadcast()
            }
        }

        func wait(_ pause: Duration) {
            let deadline = Date(timeIntervalSinceNow: pause / .seconds(1))
            condition.withLock {
                while !isOver, condition.wait(until: deadline) {}
            }
        }
    }
}
