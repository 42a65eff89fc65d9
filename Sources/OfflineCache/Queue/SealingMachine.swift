package import EnrolmentCore
package import PacketFormat

/// How a complete draft becomes a packet in the queue: each state is something that lies on the disk, and
/// each effect one durable step to the next.
///
/// | state | on the disk | after a crash |
/// |---|---|---|
/// | `.drafted` | the draft | goes on from the draft |
/// | `.prepared` | also a row that names the packet, perhaps a `.part` file | both are taken away |
/// | `.sealed` | also the whole file, synchronised and read back, under its name | file and row are taken away |
/// | `.verified` | the same, and its manifest is the one that the kit's chain wants | the same |
/// | `.queued` | packet row and file, in the queue | the draft's key is destroyed if it is not, its remains are swept |
/// | `.abandoning` | as one of the three in the middle | file and row are taken away |
/// | `.stopped` | the draft | goes on from the draft |
///
/// A packet that another one overtook (`outOfTurn`) is made again, with the number that is free now. An
/// event that does not belong to a state changes nothing.
struct SealingMachine: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case drafted
        case prepared(SealingSlot)
        case sealed(SealingSlot, SealedPacket)
        case verified(VerifiedPacket)
        case queued(QueuedPacket)
        /// With why, and whether it is tried again.
        case abandoning(SealingSlot, SealingFailure, again: Bool)
        case stopped(SealingFailure)
    }

    enum Event: Hashable, Sendable {
        case begin
        case slotOpened(SealingSlot)
        /// The file is synchronised, was read back, and is under its name, durably.
        case fileSealed(SealedPacket)
        case fileVerified(VerifiedPacket)
        case enqueued(QueuedPacket)
        case slotClosed
        case failed(SealingFailure)
    }

    enum Effect: Hashable, Sendable {
        case openSlot
        case sealFile(SealingSlot)
        case verifyFile(SealingSlot, SealedPacket)
        case enqueue(VerifiedPacket)
        case closeSlot(SealingSlot)
    }

    private(set) var state = State.drafted
    /// How often a packet that was overtaken is still made again.
    private var triesLeft: Int

    init(tries: Int = 3) { triesLeft = tries }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.drafted, .begin): return [.openSlot]
        case (.drafted, .slotOpened(let slot)): return enter(.prepared(slot), .sealFile(slot))
        case (.drafted, .failed(let failure)): return enter(.stopped(failure))
        case (.prepared(let slot), .fileSealed(let packet)):
            return enter(.sealed(slot, packet), .verifyFile(slot, packet))
        case (.sealed, .fileVerified(let packet)): return enter(.verified(packet), .enqueue(packet))
        case (.verified, .enqueued(let packet)): return enter(.queued(packet))
        case (.prepared(let slot), .failed(let failure)), (.sealed(let slot, _), .failed(let failure)):
            return enter(.abandoning(slot, failure, again: false), .closeSlot(slot))
        case (.verified(let packet), .failed(let failure)):
            let again = failure.isOvertaken && triesLeft > 0
            return enter(.abandoning(packet.slot, failure, again: again), .closeSlot(packet.slot))
        // Closing that fails is done by the next opening of a slot for this case, or of the store.
        case (.abandoning(_, let failure, let again), .slotClosed), (.abandoning(_, let failure, let again), .failed):
            guard again else { return enter(.stopped(failure)) }
            triesLeft -= 1
            return enter(.drafted, .openSlot)
        default: return []
        }
    }

    private mutating func enter(_ next: State, _ effects: Effect...) -> [Effect] {
        state = next
        return effects
    }
}

/// Why a draft did not become a packet; it is still there.
package enum SealingFailure: Error, Hashable, Sendable {
    case store(StoreError)
    case packet(PacketError)
    /// From the encryption or the signature; by the error's type, since what it says may be personal.
    case other(String)

    init(_ error: any Error) {
        switch error {
        case let error as SealingFailure: self = error
        case let error as StoreError: self = .store(error)
        case let error as PacketError: self = .packet(error)
        default: self = .other(String(describing: type(of: error)))
        }
    }

    var isOvertaken: Bool {
        if case .store(.outOfTurn) = self { true } else { false }
    }

    package var report: FailureReport {
        switch self {
        case .store(let error): error.report(kept: .draft)
        case .packet(.diskFull): FailureReport(.store(.diskFull), kept: .draft)
        case .packet(let error): FailureReport(.store(.unwritable), detail: error.description, kept: .draft)
        case .other(let what): FailureReport(.store(.unwritable), detail: "sealing (\(what))", kept: .draft)
        }
    }
}
