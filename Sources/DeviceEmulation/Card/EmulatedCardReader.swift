package import DeviceTransport
import Foundation

/// Card readers without PC/SC: cards are put in and pulled by calls, and what goes wrong is scripted.
// @unchecked: every stored property is only touched under `condition`.
package final class EmulatedCardReader: CardTransport, @unchecked Sendable {
    /// One reader with what is in it.
    struct Slot {
        let name: String
        var card: (any EmulatedSmartCard)?
        var isMute = false
        var isHeldByAnother = false
        /// Another program has begun a transaction and not ended it.
        var isBusy = false
        /// False once the reader was unplugged; its place is not given to another.
        var isAttached = true
        var pinpad: EmulatedPinpad?
        /// Rises with each insertion and removal; a connection is good for one value only.
        var changes: UInt64 = 0
        /// Rises with each reset by another program.
        var resets: UInt64 = 0
    }

    let condition = NSCondition()
    var slotsNow: [Slot]
    var isServiceDown = false
    var isCancelled = false
    var script: [Int: EmulatedCardFault] = [:]
    var refusedConnections: [TransportError.Reason] = []
    var commandCount = 0
    var connections = 0
    var transactions = 0
    var commandLog: [[UInt8]] = []
    var latency = Duration.zero
    /// How often a reader was plugged in.
    var plugged: UInt64 = 0

    package init(readers: [String] = ["Emulated Card Reader 00 00"]) {
        slotsNow = readers.map { Slot(name: $0) }
    }

    func locked<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
        condition.lock()
        defer {
            condition.broadcast()
            condition.unlock()
        }
        return try body()
    }

    // MARK: - CardTransport

    package func slots() throws(TransportError) -> [CardSlot] {
        try locked { () throws(TransportError) in try look() }
    }

    package func waitForChange(
        from known: [CardSlot], within limit: Duration
    ) throws(TransportError) -> [CardSlot] {
        let deadline = Date(timeIntervalSinceNow: limit / .seconds(1))
        condition.lock()
        defer { condition.unlock() }
        while true {
            let now = try look()
            if now != known { return now }
            guard condition.wait(until: deadline) else { throw TransportError(.timedOut, "emulated reader") }
        }
    }

    package func connect(to reader: String, within limit: Duration) throws(TransportError) -> any CardConnection {
        try locked { () throws(TransportError) in
            try check()
            if !refusedConnections.isEmpty { throw TransportError(refusedConnections.removeFirst(), "scripted") }
            guard let index = slotsNow.firstIndex(where: { $0.name == reader && $0.isAttached }) else {
                throw TransportError(.unplugged, "emulated reader")
            }
            if slotsNow[index].isHeldByAnother { throw TransportError(.sharingViolation, "emulated reader") }
            if slotsNow[index].isMute { throw TransportError(.cardMute, "emulated reader") }
            guard let card = slotsNow[index].card else { throw TransportError(.noCard, "emulated reader") }
            connections += 1
            return EmulatedCardConnection(
                to: self, slot: index, atr: card.atr, changes: slotsNow[index].changes, resets: slotsNow[index].resets)
        }
    }

    package func cancel() {
        locked { isCancelled = true }
    }

    package func rearm() {
        locked { isCancelled = false }
    }

    /// Under the lock.
    func check() throws(TransportError) {
        if isCancelled { throw TransportError(.cancelled, "emulated reader") }
        if isServiceDown { throw TransportError(.serviceDown, "emulated reader") }
    }

    private func look() throws(TransportError) -> [CardSlot] {
        try check()
        return slotsNow.filter(\.isAttached).map { slot in
            let state: CardSlot.State =
                if slot.isMute {
                    .mute
                } else if let card = slot.card {
                    slot.isHeldByAnother ? .heldByAnother(atr: card.atr) : .card(atr: card.atr)
                } else {
                    .empty
                }
            return CardSlot(reader: slot.name, state: state, stamp: slot.changes)
        }
    }
}
