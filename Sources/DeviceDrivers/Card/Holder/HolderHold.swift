import DeviceTransport
import EnrolmentCore

/// A card that is held for its holder: performs what its `HolderSession` asks for.
///
/// A broken exchange is mended so that the machine can say what is known; nothing that bears a PIN is ever
/// performed twice. On every way out a card that may know a PIN is told to forget it.
struct HolderHold {
    private let connection: any CardConnection
    private let slot: CardSlot
    private let transport: any CardTransport
    private let patience: CardPatience
    private var session: HolderSession
    private var recoveriesLeft: Int
    private var commandsLeft = Self.mostCommands
    private var isHeld = false

    /// Some ten do anything; a card that answers nonsense could go on for ever.
    private static let mostCommands = 200
    /// For a person at the reader's keys: three PINs, each with the reader's own patience twice, and the card.
    private static let person: Duration = .seconds(6 * Int(PinpadRequest.patience) + 10)

    init(
        _ connection: any CardConnection, slot: CardSlot, transport: any CardTransport, patience: CardPatience,
        session: HolderSession
    ) {
        self.connection = connection
        self.slot = slot
        self.transport = transport
        self.patience = patience
        self.session = session
        recoveriesLeft = patience.recoveries
    }

    /// - Throws: `.cardRemoved` when the card left; what cannot be mended otherwise.
    mutating func perform() throws(TransportError) -> HolderSession.Ending {
        defer { forgetPIN() }
        var effects = session.handle(.started(atr: connection.atr))
        while true {
            var event: HolderSession.Event?
            for effect in effects {
                if case .finish(let ending) = effect { return ending }
                event = try perform(effect)
            }
            guard let event else { throw TransportError(.inputOutput, "nothing to ask the card") }
            effects = session.handle(event)
        }
    }

    private mutating func perform(_ effect: HolderSession.Effect) throws(TransportError) -> HolderSession.Event {
        commandsLeft -= 1
        guard commandsLeft >= 0 else { throw TransportError(.timedOut, "the card takes too long") }
        do throws(TransportError) {
            if !isHeld { try connection.hold(within: patience.transaction) }
            isHeld = true
            return .answer(try exchange(effect))
        } catch {
            // Readers without keys differ in how they say so.
            if case .control = effect, error.reason == .inputOutput { return .refusedByReader }
            isHeld = false
            try mend(error)
            return .interrupted
        }
    }

    private func exchange(_ effect: HolderSession.Effect) throws(TransportError) -> [UInt8] {
        switch effect {
        case .transmit(let command): return try connection.transmit(command, within: patience.command)
        case .transmitLater(let command, let pause):
            try transport.pause(pause)
            return try connection.transmit(command, within: patience.command)
        case .transmitSecret(let command): return try connection.transmit(secret: command, within: patience.command)
        case .control(let code, let input): return try connection.control(code, input, within: patience.command)
        case .controlPerson(let code, let input): return try connection.control(code, input, within: Self.person)
        case .finish: return []
        }
    }

    /// Makes the connection usable again, or says why not.
    private mutating func mend(_ error: TransportError) throws(TransportError) {
        guard error.reason == .cardReset || error.reason == .inputOutput else { throw error }
        recoveriesLeft -= 1
        do throws(TransportError) {
            guard recoveriesLeft >= 0 else { throw error }
            connection.endTransaction()
            // A reset of a card that has just left would hide the next one from the reader for a while.
            if error.reason == .inputOutput { try transport.pause(patience.settling) }
            try connection.reconnect(resetting: error.reason == .inputOutput, within: patience.command)
        } catch let failure {
            // A pulled card first shows as an exchange that broke; the reader notices only later.
            if try hasLeft() { throw TransportError(.cardRemoved, error.detail) }
            throw failure
        }
    }

    private func hasLeft() throws(TransportError) -> Bool {
        let end = ContinuousClock.now + patience.removal
        while true {
            let slots = try transport.slots()
            guard let now = slots.first(where: { $0.reader == slot.reader }) else {
                throw TransportError(.unplugged, "the card reader is gone")
            }
            if now.atr == nil { return true }
            let left = end - .now
            guard left > .zero else { return false }
            try transport.pause(left)
        }
    }

    /// Also after a cancellation; a card that cannot be told any more is reset, which does the same.
    ///
    /// pcscd keeps the last command in its buffers as it was, so that one which is no secret, and as long as
    /// the longest that is, comes last.
    private func forgetPIN() {
        guard session.isPINSent else { return }
        transport.rearm()
        do throws(TransportError) {
            if !isHeld { try connection.hold(within: patience.transaction) }
            if session.mayBeVerified {
                _ = try connection.transmit(CardCommand.logOff.bytes, within: patience.command)
            }
            _ = try connection.transmit(CardCommand.selectApplication.bytes, within: patience.command)
        } catch {
            if session.mayBeVerified { try? connection.reconnect(resetting: true, within: patience.command) }
        }
    }
}
