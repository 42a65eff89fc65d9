/// What can be seen of the card reader without talking to a card; whose card it is, is nobody's business yet.
package enum ReaderState: String, CaseIterable, Sendable {
    /// Nobody looks, as with an emulated reader.
    case unknown
    case noReader
    case noCard
    /// A card that does not answer: put in the wrong way round, or broken.
    case mute
    case card
}
