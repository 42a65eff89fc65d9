import DeviceTransport
import EnrolmentCore

/// A card that is held: performs what its `CardSession` asks for and mends broken exchanges.
struct CardHold {
    private let connection: any CardConnection
    private let slot: CardSlot
    private let transport: any CardTransport
    private let patience: CardPatience
    private let progress: ProgressHandler
    private var session: CardSession
    private let atr: [UInt8]
    private let end: ContinuousClock.Instant
    private var isHeld = false
    private var isCareful = false
    private var recoveriesLeft: Int
    private var commandsLeft = Self.mostCommands

    /// Some sixty read a card. A file of every length that the card's commands allow, and all ends
    /// doubted, stay well below.
    private static let mostCommands = 4000

    init(
        _ connection: any CardConnection, slot: CardSlot, transport: any CardTransport, patience: CardPatience,
        session: CardSession, progress: @escaping ProgressHandler
    ) {
        self.connection = connection
        self.session = session
        atr = connection.atr
        self.slot = slot
        self.transport = transport
        self.patience = patience
        self.progress = progress
        end = .now + patience.card
        recoveriesLeft = patience.recoveries
    }

    /// - Throws: `.cardRemoved` when the card left; what cannot be mended otherwise.
    mutating func read() throws(TransportError) -> CardSession.Ending {
        var effects = session.handle(.started(atr: atr))
        while true {
            var event: CardSession.Event?
            for effect in effects {
                switch effect {
                case .report(let step): progress(step)
                case .finish(let ending): return ending
                case .transmit(let command): event = try exchange(command)
                case .transmitLater(let command, let pause):
                    try wait(pause)
                    event = try exchange(command)
                case .reset:
                    event = try interrupt(TransportError(.inputOutput, "the chip failed inside"))
                }
            }
            guard let event else { throw TransportError(.inputOutput, "nothing to ask the card") }
            effects = session.handle(event)
        }
    }

    private mutating func exchange(_ command: [UInt8]) throws(TransportError) -> CardSession.Event {
        try spend()
        do throws(TransportError) {
            if !isHeld { try connection.hold(within: patience.transaction) }
            isHeld = true
            if isCareful { try wait(patience.pace) }
            return .answer(try connection.transmit(command, within: patience.command))
        } catch {
            return try interrupt(error)
        }
    }

    private mutating func interrupt(_ error: TransportError) throws(TransportError) -> CardSession.Event {
        isHeld = false
        guard error.reason != .cardMute else { throw error }
        try mend(error)
        guard error.reason != .cardReset else { return .interrupted(.resetByAnother) }
        isCareful = true
        return .interrupted(.brokenExchange)
    }

    /// A card that answers nonsense could keep the reader busy for very long.
    private mutating func spend() throws(TransportError) {
        commandsLeft -= 1
        guard commandsLeft >= 0, .now < end else { throw TransportError(.timedOut, "the card takes too long") }
    }

    /// Makes the connection usable again, or says why not.
    private mutating func mend(_ error: TransportError) throws(TransportError) {
        var failure = error
        while failure.reason == .cardReset || failure.reason == .inputOutput || failure.reason == .cardMute {
            guard recoveriesLeft > 0 else {
                // A pulled card first shows as an exchange that broke; the reader notices only later.
                if try hasLeft() { throw TransportError(.cardRemoved, failure.detail) }
                throw failure
            }
            recoveriesLeft -= 1
            do throws(TransportError) {
                return try reconnect(resetting: failure.reason != .cardReset)
            } catch let next {
                failure = next
            }
        }
        throw failure
    }

    private func reconnect(resetting: Bool) throws(TransportError) {
        connection.endTransaction()
        if resetting { try wait(patience.settling) }
        try connection.reconnect(resetting: resetting, within: patience.command)
        guard connection.atr == atr else { throw TransportError(.cardRemoved, "another card answered the reset") }
    }

    private func hasLeft() throws(TransportError) -> Bool {
        do throws(TransportError) {
            try wait(patience.removal)
            return false
        } catch  where error.reason == .cardRemoved {
            return true
        }
    }

    /// - Throws: `.cardRemoved` or `.unplugged` as soon as the card or its reader is gone.
    private func wait(_ pause: Duration) throws(TransportError) {
        guard pause > .zero else { return }
        let end = ContinuousClock.now + pause
        var slots = try transport.slots()
        while true {
            guard let now = slots.first(where: { $0.reader == slot.reader }) else {
                throw TransportError(.unplugged, "the card reader is gone")
            }
            if now.state == .empty { throw TransportError(.cardRemoved, "the card left the reader") }
            let left = end - .now
            guard left > .zero else { return }
            do throws(TransportError) {
                slots = try transport.waitForChange(from: slots, within: left)
            } catch  where error.reason == .timedOut {
                return
            }
        }
    }
}
