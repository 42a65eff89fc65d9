import DeviceTransport
import EnrolmentCore
import Foundation

/// A connection to a card in an emulated reader, with PC/SC's manners: it dies with the card's removal
/// and says once that another program has reset the card.
final class EmulatedCardConnection: CardConnection {
    let atr: [UInt8]
    private let reader: EmulatedCardReader
    private let slot: Int
    private var changes: UInt64
    private var resets: UInt64
    private var isOpen = true
    private var isInTransaction = false

    init(to reader: EmulatedCardReader, slot: Int, atr: [UInt8], changes: UInt64, resets: UInt64) {
        self.reader = reader
        self.slot = slot
        self.atr = atr
        self.changes = changes
        self.resets = resets
    }

    func beginTransaction(within limit: Duration) throws(TransportError) {
        try reader.locked { () throws(TransportError) in
            try check()
            if !isInTransaction { reader.transactions += 1 }
            isInTransaction = true
        }
    }

    func endTransaction() {
        reader.locked {
            if isInTransaction { reader.transactions -= 1 }
            isInTransaction = false
        }
    }

    func transmit(_ command: [UInt8], within limit: Duration) throws(TransportError) -> [UInt8] {
        try exchange(command, noting: command, within: limit)
    }

    /// Only the header is noted, as in any log of ours.
    func transmit(secret command: SecretBytes, within limit: Duration) throws(TransportError) -> [UInt8] {
        let bytes = command.withBytes { [UInt8]($0) }
        return try exchange(bytes, noting: [UInt8](bytes.prefix(4)), within: limit)
    }

    func control(_ code: UInt32, _ input: [UInt8], within limit: Duration) throws(TransportError) -> [UInt8] {
        throw TransportError(.inputOutput, "the emulated reader does not know this")
    }

    private func exchange(
        _ command: [UInt8], noting noted: [UInt8], within limit: Duration
    ) throws(TransportError) -> [UInt8] {
        reader.condition.lock()
        defer {
            reader.condition.broadcast()
            reader.condition.unlock()
        }
        try check()
        reader.commandCount += 1
        reader.commandLog.append(noted)
        let fault = reader.script[reader.commandCount]
        if let fault { try suffer(fault, within: limit) }
        if case .answer(let scripted)? = fault { return try whole(scripted) }
        guard let answer = reader.slotsNow[slot].card?.answer(command) else {
            throw TransportError(.cardRemoved, "emulated reader")
        }
        if case .change(let change)? = fault { return try whole(change(answer)) }
        return answer
    }

    func reconnect(resetting: Bool, within limit: Duration) throws(TransportError) {
        try reader.locked { () throws(TransportError) in
            try reader.check()
            guard isOpen, reader.slotsNow.indices.contains(slot) else {
                throw TransportError(.unplugged, "emulated reader")
            }
            guard reader.slotsNow[slot].card != nil else { throw TransportError(.cardRemoved, "emulated reader") }
            if resetting { reader.slotsNow[slot].card?.reset() }
            changes = reader.slotsNow[slot].changes
            resets = reader.slotsNow[slot].resets
        }
    }

    func disconnect() {
        reader.locked {
            if isOpen { reader.connections -= 1 }
            isOpen = false
        }
    }

    private func check() throws(TransportError) {
        try reader.check()
        guard isOpen, reader.slotsNow.indices.contains(slot) else {
            throw TransportError(.unplugged, "emulated reader")
        }
        guard reader.slotsNow[slot].changes == changes else { throw TransportError(.cardRemoved, "emulated reader") }
        guard reader.slotsNow[slot].resets == resets else { throw TransportError(.cardReset, "emulated reader") }
    }

    private func whole(_ answer: [UInt8]) throws(TransportError) -> [UInt8] {
        guard answer.count >= 2 else { throw TransportError(.inputOutput, "answer without status") }
        return answer
    }

    private func suffer(_ fault: EmulatedCardFault, within limit: Duration) throws(TransportError) {
        switch fault {
        case .answer, .change: return
        case .error(let reason): throw TransportError(reason, "scripted")
        case .pull: reader.place(nil, slot)
        case .exchange(let card): reader.place(card, slot)
        case .exchangeUnnoticed(var card):
            card.reset()
            reader.slotsNow[slot].card = card
            return
        case .reset:
            reader.slotsNow[slot].card?.reset()
            reader.slotsNow[slot].resets += 1
        case .silence: try wait(limit)
        case .unplug: reader.slotsNow = []
        case .stopService: reader.isServiceDown = true
        }
        try check()
    }

    private func wait(_ limit: Duration) throws(TransportError) {
        let deadline = Date(timeIntervalSinceNow: limit / .seconds(1))
        while true {
            try check()
            guard reader.condition.wait(until: deadline) else { throw TransportError(.timedOut, "emulated reader") }
        }
    }
}
