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
        reader.condition.lock()
        defer {
            reader.condition.broadcast()
            reader.condition.unlock()
        }
        try check()
        let deadline = Date(timeIntervalSinceNow: limit / .seconds(1))
        while reader.slotsNow[slot].isBusy {
            guard reader.condition.wait(until: deadline) else { throw TransportError(.timedOut, "emulated reader") }
            try check()
        }
        if !isInTransaction { reader.transactions += 1 }
        isInTransaction = true
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
        let asked = try reader.locked { () throws(TransportError) -> EmulatedPinpad.Outcome in
            try check()
            guard let pinpad = reader.slotsNow[slot].pinpad else { throw Self.unknownCode }
            if code == EmulatedPinpad.featureRequest { return .status(pinpad.features) }
            guard let request = pinpad.request(code) else { throw Self.unknownCode }
            if request.isFinish { return .status(try finished()) }
            guard let outcome = reader.slotsNow[slot].pinpad?.type(request, input) else { throw Self.unknownCode }
            return outcome
        }
        let answer: [UInt8]
        switch asked {
        case .status(let status): answer = status
        case .command(let command):
            // What was typed stays between reader and card.
            answer = try exchange(command, noting: [UInt8](command.prefix(4)), within: limit)
        }
        let isStart = code == EmulatedPinpad.Request.verifyStart.code || code == EmulatedPinpad.Request.modifyStart.code
        guard isStart else { return answer }
        reader.locked {
            if isAttached { reader.slotsNow[slot].pinpad?.finished = answer }
        }
        return []
    }

    private static let unknownCode = TransportError(.inputOutput, "the emulated reader does not know this")

    /// Under the lock.
    private func finished() throws(TransportError) -> [UInt8] {
        guard let answer = reader.slotsNow[slot].pinpad?.finished else { throw Self.unknownCode }
        reader.slotsNow[slot].pinpad?.finished = nil
        return answer
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
        try wait(reader.latency, within: limit)
        if let fault { try suffer(fault, within: limit) }
        if case .answer(let scripted)? = fault { return try whole(scripted) }
        guard let answer = reader.slotsNow[slot].card?.answer(command) else {
            throw TransportError(.cardRemoved, "emulated reader")
        }
        if case .change(let change)? = fault { return try whole(change(answer)) }
        // A card without an answer leaves the reader waiting.
        if answer.isEmpty { try wait(limit, within: limit) }
        return answer
    }

    func reconnect(resetting: Bool, within limit: Duration) throws(TransportError) {
        try reader.locked { () throws(TransportError) in
            try reader.check()
            guard isOpen, isAttached else { throw TransportError(.unplugged, "emulated reader") }
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

    private var isAttached: Bool { reader.slotsNow.indices.contains(slot) && reader.slotsNow[slot].isAttached }

    private func check() throws(TransportError) {
        try reader.check()
        guard isOpen, isAttached else { throw TransportError(.unplugged, "emulated reader") }
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
        case .preceded(let commands):
            for command in commands { _ = reader.slotsNow[slot].card?.answer(command) }
            return
        case .delay(let duration): try wait(duration, within: limit)
        case .silence: try wait(limit, within: limit)
        case .unplug: reader.unplugAll()
        case .stopService: reader.isServiceDown = true
        }
        try check()
    }

    /// Under the lock: as long as that, or until the limit is reached or the card is gone.
    private func wait(_ duration: Duration, within limit: Duration) throws(TransportError) {
        guard duration > .zero else { return }
        let deadline = Date(timeIntervalSinceNow: min(duration, limit) / .seconds(1))
        while true {
            try check()
            if !reader.condition.wait(until: deadline) { break }
        }
        try check()
        if duration >= limit { throw TransportError(.timedOut, "emulated reader") }
    }
}
