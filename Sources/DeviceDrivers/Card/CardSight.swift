import DeviceTransport

/// What a look at all readers shows, as far as a driver that wants one card is concerned.
enum CardSight: Hashable {
    /// The card to try first.
    case card(CardSlot)
    /// Another program holds a card that may well be the one.
    case held
    case mute
    case nothing

    /// Of several cards a Belgian one is preferred, also one that another program holds, then the first reader's.
    ///
    /// - Parameter others: what was tried, and is another card.
    init(_ slots: [CardSlot], without others: Set<CardSlot> = []) {
        let slots = slots.filter { !others.contains($0) }
        let cards = slots.filter { if case .card = $0.state { true } else { false } }
        let held = slots.filter { if case .heldByAnother = $0.state { true } else { false } }
        if let card = cards.first(where: \.isBelgian) {
            self = .card(card)
        } else if held.contains(where: \.isBelgian) {
            self = .held
        } else if let card = cards.first {
            self = .card(card)
        } else if !held.isEmpty {
            self = .held
        } else {
            self = slots.contains { $0.state == .mute } ? .mute : .nothing
        }
    }
}

extension CardSlot {
    /// By its answer to reset; false means "not surely".
    package var isBelgian: Bool { CardGeneration(atr: atr ?? []).isBelgian }
}
