/// A card reader and what is in it at one moment.
package struct CardSlot: Hashable, Sendable {
    /// The reader's name as PC/SC gives it, unique among the attached readers.
    package let reader: String
    package let state: State
    /// What the transport that made this value knows of the moment, a counter of insertions and
    /// removals among it; means nothing to anyone else, except that it differs after a change.
    package let stamp: UInt64
    /// How many times a card came or went, as far as the transport has counted: a card that is seen at two
    /// different counts was taken out in between, or is another one.
    package let movements: UInt64

    package enum State: Hashable, Sendable {
        case empty
        /// A card that answered its reset.
        case card(atr: [UInt8])
        /// A card that another program holds for itself alone.
        case heldByAnother(atr: [UInt8])
        /// A card that does not answer.
        case mute
        /// The reader itself cannot be asked now.
        case unavailable
    }

    /// - Parameter movements: the stamp itself unless that changes for other reasons, too.
    package init(reader: String, state: State, stamp: UInt64, movements: UInt64? = nil) {
        self.reader = reader
        self.state = state
        self.stamp = stamp
        self.movements = movements ?? stamp
    }

    /// The answer to reset of the card that is in the reader, if it gave one.
    package var atr: [UInt8]? {
        switch state {
        case .card(let atr), .heldByAnother(let atr): atr
        case .empty, .mute, .unavailable: nil
        }
    }
}
