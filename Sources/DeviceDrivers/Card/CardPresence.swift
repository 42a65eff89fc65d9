import DeviceTransport

/// What was in the readers at the last look, and what has happened since: a machine without I/O.
///
/// Nothing is missed that the readers have counted. A card that was taken out and put in again between two
/// looks has both happened, and so has one that only came and went.
struct CardPresence: Sendable {
    private var known: [CardSlot] = []
    private var isServiceLost = false

    /// - Returns: what happened, in the order in which it must have: first what left, then what came.
    mutating func handle(_ slots: [CardSlot]) -> [CardEvent] {
        var events: [CardEvent] = isServiceLost ? [.serviceFound] : []
        isServiceLost = false
        for old in known where !slots.contains(where: { $0.reader == old.reader }) { events += Self.end(of: old) }
        for slot in slots {
            if let old = known.first(where: { $0.reader == slot.reader }) {
                events += Self.change(from: old, to: slot)
            } else {
                events += [.readerCame(slot.reader)] + Self.arrival(in: slot)
            }
        }
        known = slots
        return events
    }

    /// The service is gone, and with it every reader; the counters begin anew with the next.
    mutating func loseService() -> [CardEvent] {
        guard !isServiceLost else { return [] }
        isServiceLost = true
        defer { known = [] }
        return known.flatMap(Self.end) + [.serviceLost]
    }

    private static func end(of slot: CardSlot) -> [CardEvent] {
        (slot.hasCard ? [.cardOut(reader: slot.reader)] : []) + [.readerLeft(slot.reader)]
    }

    private static func change(from old: CardSlot, to new: CardSlot) -> [CardEvent] {
        let reader = new.reader
        guard old.movements == new.movements else {
            let departure: [CardEvent] = old.hasCard ? [.cardOut(reader: reader)] : []
            if new.hasCard { return departure + arrival(in: new) }
            return old.hasCard ? departure : [.cardIn(reader: reader, atr: []), .cardOut(reader: reader)]
        }
        switch (old.state, new.state) {
        case (.card, .card), (.heldByAnother, .heldByAnother), (.mute, .mute): return []
        case (.card, .heldByAnother): return [.cardHeld(reader: reader)]
        case (.heldByAnother, .card): return [.cardFree(reader: reader)]
        case (.mute, .card), (.mute, .heldByAnother): return arrival(in: new)
        default:
            if old.hasCard, !new.hasCard { return [.cardOut(reader: reader)] }
            return arrival(in: new)
        }
    }

    private static func arrival(in slot: CardSlot) -> [CardEvent] {
        switch slot.state {
        case .card(let atr): [.cardIn(reader: slot.reader, atr: atr)]
        case .heldByAnother(let atr): [.cardIn(reader: slot.reader, atr: atr), .cardHeld(reader: slot.reader)]
        case .mute: [.cardMute(reader: slot.reader)]
        case .empty, .unavailable: []
        }
    }
}

extension CardSlot {
    fileprivate var hasCard: Bool { atr != nil || state == .mute }
}
