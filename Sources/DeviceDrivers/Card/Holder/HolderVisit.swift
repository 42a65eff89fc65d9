import DeviceTransport
import EnrolmentCore

/// One thing that a card does for its holder: finds the chip that is meant among the readers, holds it for
/// as long as it takes, and lets it go.
struct HolderVisit {
    let transport: any CardTransport
    let patience: CardPatience
    let session: HolderSession

    func perform() throws(TransportError) -> HolderSession.Ending {
        let slots = try transport.slots()
        guard !slots.isEmpty else { throw TransportError(.absent, "no card reader") }
        var ending = HolderSession.Ending.outcome(.noCard)
        var refusal: TransportError?
        for slot in slots.filter({ $0.atr != nil }).sorted(by: { Self.rank($0) < Self.rank($1) }) {
            do throws(TransportError) {
                switch try attempt(slot) {
                // The card that is meant may be in the next reader.
                case .outcome(.noCard): break
                case .outcome(.otherCard): ending = .outcome(.otherCard)
                case let other: return other
                }
            } catch  where error.reason == .sharingViolation || error.reason == .busy {
                refusal = error
            }
        }
        if let refusal { throw refusal }
        return ending
    }

    /// The likeliest first; one that another program holds only when no other was meant.
    private static func rank(_ slot: CardSlot) -> Int {
        if case .heldByAnother = slot.state { return 2 }
        return CardGeneration(atr: slot.atr ?? []).isBelgian ? 0 : 1
    }

    private func attempt(_ slot: CardSlot) throws(TransportError) -> HolderSession.Ending {
        let connection: any CardConnection
        do throws(TransportError) {
            connection = try connect(to: slot)
        } catch {
            switch error.reason {
            case .noCard, .cardRemoved: return .outcome(.noCard)
            case .cardMute: return .outcome(.otherCard)
            case .timedOut: throw TransportError(.busy, "another program's transaction does not end")
            default: throw error
            }
        }
        defer {
            connection.endTransaction()
            connection.disconnect()
        }
        var hold = HolderHold(connection, slot: slot, transport: transport, patience: patience, session: session)
        do throws(TransportError) {
            return try hold.perform()
        } catch  where error.reason == .cardRemoved || error.reason == .noCard {
            return .outcome(.removed)
        }
    }

    /// A card that another program holds, or is just resetting, is tried again for a while.
    private func connect(to slot: CardSlot) throws(TransportError) -> any CardConnection {
        let end = ContinuousClock.now + patience.transaction
        while true {
            do throws(TransportError) {
                return try transport.connect(to: slot.reader, within: patience.transaction)
            } catch {
                let mayPass = [.sharingViolation, .cardMute, .cardReset].contains(error.reason)
                guard mayPass, .now < end else { throw error }
            }
            try transport.pause(patience.retry)
        }
    }
}
