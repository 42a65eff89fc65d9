import EnrolmentCore

/// What a `CardSession` has read; a `CardReading` but for the time.
struct CardContents: Hashable, Sendable {
    let atr: [UInt8]
    let card: CardData
    let files: [CardFile: [UInt8]]
    let identity: CardIdentity
    let address: CardAddress?
    let challenge: CardChallenge?

    func reading(at time: Timestamp) -> CardReading {
        CardReading(
            files: files, chipNumber: card.chipNumber, appletVersion: card.appletVersion, atr: atr, identity: identity,
            address: address, readAt: time, challenge: challenge)
    }
}
