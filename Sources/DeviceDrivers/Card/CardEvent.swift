/// Something that happened to a card reader, or to a card in it.
package enum CardEvent: Hashable, Sendable {
    case readerCame(String)
    case readerLeft(String)
    /// - Parameter atr: empty when the card was gone again before it could be looked at.
    case cardIn(reader: String, atr: [UInt8])
    /// A card that does not answer: put in the wrong way round, or broken.
    case cardMute(reader: String)
    /// Also when its reader went, or when another card is there already.
    case cardOut(reader: String)
    /// Another program has taken the card for itself alone.
    case cardHeld(reader: String)
    case cardFree(reader: String)
    /// The service that owns the readers does not run; all readers are gone with it.
    case serviceLost
    case serviceFound

    /// Whether the card that came is a Belgian identity card, as far as its answer to reset tells; nil for what
    /// is not the coming of a card.
    package var isBelgian: Bool? {
        if case .cardIn(_, let atr) = self { CardGeneration(atr: atr).isBelgian } else { nil }
    }
}
