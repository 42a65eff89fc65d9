import DeviceDrivers
import StationUI

/// What the readers and the cards in them come to, for a person who has one card: a machine without I/O.
///
/// With several readers it is the one with a card that answers that counts.
struct ReaderPresence: Sendable {
    private var readers: Set<String> = []
    private var cards: Set<String> = []
    private var mute: Set<String> = []

    mutating func handle(_ event: CardEvent) {
        switch event {
        case .readerCame(let reader): readers.insert(reader)
        case .readerLeft(let reader):
            readers.remove(reader)
            forgetCard(in: reader)
        case .cardIn(let reader, _):
            mute.remove(reader)
            cards.insert(reader)
        case .cardMute(let reader): mute.insert(reader)
        case .cardOut(let reader): forgetCard(in: reader)
        case .serviceLost: self = ReaderPresence()
        case .cardHeld, .cardFree, .serviceFound: break
        }
    }

    private mutating func forgetCard(in reader: String) {
        cards.remove(reader)
        mute.remove(reader)
    }

    var state: ReaderState {
        if !cards.isEmpty { return .card }
        if !mute.isEmpty { return .mute }
        return readers.isEmpty ? .noReader : .noCard
    }
}
