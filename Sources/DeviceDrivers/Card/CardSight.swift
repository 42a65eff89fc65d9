import DeviceTransport

/// What a look at all readers shows, as far as a driver that wants one card is concerned.
enum CardSight: Hashable {
    case card(CardSlot)
    case held
    case mute
    case nothing

    /// Of several cards a Belgian one is preferred, then the first reader's.
    init(_ slots: [CardSlot]) {
        let cards = slots.filter { if case .card = $0.state { true } else { false } }
        if let card = cards.first(where: { CardRecognition.isBelgian(atr: $0.atr ?? []) }) ?? cards.first {
            self = .card(card)
        } else if slots.contains(where: { if case .heldByAnother = $0.state { true } else { false } }) {
            self = .held
        } else {
            self = slots.contains { $0.state == .mute } ? .mute : .nothing
        }
    }
}
