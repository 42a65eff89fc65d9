package import DeviceTransport

/// Something that happens to one command on its way to an emulated card.
package enum EmulatedCardFault: Sendable {
    /// The exchange fails; the card never sees the command.
    case error(TransportError.Reason)
    /// The card's own answer is replaced by this one.
    case answer([UInt8])
    /// The card's own answer goes through this on its way back.
    case change(@Sendable ([UInt8]) -> [UInt8])
    /// The card is pulled before it can answer.
    case pull
    /// The card is pulled and another put in at once.
    case exchange(any EmulatedSmartCard)
    /// As `exchange`, through a reader that hides it: the new card answers in the old one's place.
    case exchangeUnnoticed(any EmulatedSmartCard)
    /// Another program resets the card.
    case reset
    /// Another program sends these to the card first.
    case preceded([[UInt8]])
    /// The card takes so much longer.
    case delay(Duration)
    /// The card never answers.
    case silence
    /// The reader is unplugged.
    case unplug
    /// The service between program and reader stops.
    case stopService
}
