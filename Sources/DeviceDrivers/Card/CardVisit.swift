import DeviceTransport
import EnrolmentCore

/// One attempt at reading whatever card comes: waits for it, holds it for a `CardHold`, and lets it go.
struct CardVisit {
    enum Result: Hashable, Sendable {
        case ended(CardSession.Ending)
        /// None came within the limit.
        case noCard
        /// It left before it was read.
        case removed
        /// It does not answer.
        case mute
    }

    let transport: any CardTransport
    let patience: CardPatience
    let session: CardSession
    let progress: ProgressHandler

    /// - Parameter limit: for a card to come, or for another program to let it go.
    func read(within limit: Duration) throws(TransportError) -> Result {
        let end = ContinuousClock.now + limit
        var slots = try transport.slots()
        guard !slots.isEmpty else { throw TransportError(.absent, "no card reader") }
        if CardSight(slots) == .nothing { progress(.insertCard) }
        var others: Set<CardSlot> = []
        while true {
            switch CardSight(slots, without: others) {
            case .card(let slot):
                let result = try attempt(slot)
                if result == .ended(.otherCard) {
                    others.insert(slot)
                    continue
                }
                if let result { return result }
            case .mute:
                if try staysMute(slots) { return .mute }
            case .nothing where !others.isEmpty:
                return .ended(.otherCard)
            case .held, .nothing: break
            }
            guard let next = try change(after: slots, before: end) else {
                if CardSight(slots) == .nothing { return .noCard }
                throw TransportError(.sharingViolation, "another program holds the card")
            }
            guard !next.isEmpty else { throw TransportError(.unplugged, "the card reader is gone") }
            slots = next
        }
    }

    /// Nil when the card could not be had this time and may be had later.
    private func attempt(_ slot: CardSlot) throws(TransportError) -> Result? {
        let connection: any CardConnection
        do throws(TransportError) {
            connection = try connect(to: slot)
        } catch {
            switch error.reason {
            case .sharingViolation, .noCard, .cardRemoved: return nil
            case .cardMute: return .mute
            // pcscd lets nobody connect while another program's transaction lasts.
            case .timedOut: throw TransportError(.busy, "another program's transaction does not end")
            default: throw error
            }
        }
        defer {
            connection.endTransaction()
            connection.disconnect()
        }
        do throws(TransportError) {
            var hold = CardHold(
                connection, slot: slot, transport: transport, patience: patience, session: session, progress: progress)
            return .ended(try hold.read())
        } catch {
            switch error.reason {
            case .cardRemoved, .noCard: return .removed
            case .cardMute: return .mute
            default: throw error
            }
        }
    }

    /// A card that another program is just resetting seems mute, or unsettled, for a moment.
    private func connect(to slot: CardSlot) throws(TransportError) -> any CardConnection {
        for _ in 0..<3 {
            do throws(TransportError) {
                return try transport.connect(to: slot.reader, within: patience.transaction)
            } catch  where error.reason == .cardMute || error.reason == .cardReset {
                try transport.pause(patience.retry)
            }
        }
        return try transport.connect(to: slot.reader, within: patience.transaction)
    }

    /// Whether nothing changes for a moment: a card that is being put in, or reset, seems mute at first.
    private func staysMute(_ slots: [CardSlot]) throws(TransportError) -> Bool {
        do throws(TransportError) {
            _ = try transport.waitForChange(from: slots, within: patience.retry)
            return false
        } catch  where error.reason == .timedOut {
            return true
        }
    }

    /// What is in the readers after the next change; nil when the time is up.
    private func change(
        after slots: [CardSlot], before end: ContinuousClock.Instant
    ) throws(TransportError) -> [CardSlot]? {
        let left = end - .now
        guard left > .zero else { return nil }
        let isWaitingForCard = CardSight(slots) == .nothing
        do throws(TransportError) {
            return try transport.waitForChange(from: slots, within: isWaitingForCard ? left : min(left, patience.retry))
        } catch  where error.reason == .timedOut {
            return isWaitingForCard ? nil : try transport.slots()
        }
    }
}
