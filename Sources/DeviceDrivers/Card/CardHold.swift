import DeviceTransport
import EnrolmentCore

/// A card that is held: performs what its `CardSession` asks for and mends broken exchanges.
struct CardHold {
    private let connection: any CardConnection
    private let slot: CardSlot
    private let transport: any CardTransport
    private let patience: CardPatience
    private let progress: ProgressHandler
    private let end: ContinuousClock.Instant
    private var recoveriesLeft: Int
    private var commandsLeft = Self.mostCommands

    /// Some sixty read a card; a file of every length that the card's commands allow, and all ends
    /// doubted, stay well below.
    private static let mostCommands = 4000

    init(
        _ connection: any CardConnection, slot: CardSlot, transport: any CardTransport, patience: CardPatience,
        progress: @escaping ProgressHandler
    ) {
        self.connection = connection
        self.slot = slot
        self.transport = transport
        self.patience = patience
        self.progress = progress
        end = .now + patience.card
        recoveriesLeft = patience.recoveries
    }

    /// - Throws: `.cardRemoved` when the card left; what cannot be mended otherwise.
    mutating func read() throws(TransportError) -> CardSession.Ending {
        var session = CardSession()
        var effects = session.handle(.started(atr: connection.atr))
        var holds = false
        while true {
            var command: [UInt8] = []
            for effect in effects {
                switch effect {
                case .report(let step): progress(step)
                case .finish(let ending): return ending
                case .transmit(let bytes): command = bytes
                case .transmitLater(let bytes, let pause):
                    command = bytes
                    try wait(pause)
                }
            }
            try spend()
            do throws(TransportError) {
                if !holds { try begin() }
                holds = true
                effects = session.handle(.answer(try connection.transmit(command, within: patience.command)))
            } catch {
                holds = false
                try mend(error)
                effects = session.handle(.interrupted)
            }
        }
    }

    /// A card that answers nonsense could keep the reader busy for very long.
    private mutating func spend() throws(TransportError) {
        commandsLeft -= 1
        guard commandsLeft >= 0, .now < end else { throw TransportError(.timedOut, "the card takes too long") }
    }

    private func begin() throws(TransportError) {
        do throws(TransportError) {
            try connection.beginTransaction(within: patience.transaction)
        } catch  where error.reason == .timedOut {
            throw TransportError(.busy, "another program's transaction does not end")
        }
    }

    /// Makes the connection usable again, or says why not.
    private mutating func mend(_ error: TransportError) throws(TransportError) {
        guard error.reason == .cardReset || error.reason == .inputOutput else { throw error }
        recoveriesLeft -= 1
        do throws(TransportError) {
            guard recoveriesLeft >= 0 else { throw error }
            connection.endTransaction()
            try connection.reconnect(resetting: error.reason == .inputOutput, within: patience.command)
        } catch let failure {
            // A pulled card first shows as an exchange that broke; the reader notices only later.
            if try hasLeft() { throw TransportError(.cardRemoved, error.detail) }
            throw failure
        }
    }

    private func hasLeft() throws(TransportError) -> Bool {
        let end = ContinuousClock.now + patience.removal
        var slots = try transport.slots()
        while let now = slots.first(where: { $0.reader == slot.reader }), now.atr != nil {
            let left = end - .now
            guard left > .zero else { return false }
            do throws(TransportError) {
                slots = try transport.waitForChange(from: slots, within: left)
            } catch  where error.reason == .timedOut {
                return false
            }
        }
        if slots.isEmpty { throw TransportError(.unplugged, "the card reader is gone") }
        return true
    }

    private func wait(_ pause: Duration) throws(TransportError) {
        do throws(TransportError) {
            _ = try transport.waitForChange(from: try transport.slots(), within: pause)
        } catch  where error.reason == .timedOut {
            return
        }
    }
}
