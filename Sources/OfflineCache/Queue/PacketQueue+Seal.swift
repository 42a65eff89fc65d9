package import EnrolmentCore
package import PacketFormat

extension PacketQueue {
    /// Seals the draft of a case and queues it; the packet is on the disk when this returns, the draft when
    /// it throws.
    ///
    /// - Parameters:
    ///   - revision: of the draft.
    ///   - isolation: whoever asks, on a thread that may wait: writing and reading back the file block it.
    ///   - newID: a new name for each try.
    ///   - write: makes the packet of the slot, in the slot's folder and with `Store.packetCalls`: a
    ///     `PacketSealer` does, which reads the file back from the disk before it has its name.
    package func seal(
        _ caseID: CaseID, at revision: Int, isUrgent: Bool, isolation: isolated (any Actor)? = #isolation,
        newID: () -> PacketID, write: (SealingSlot) async throws -> SealedPacket
    ) async throws(SealingFailure) -> QueuedPacket {
        var machine = SealingMachine()
        var effects = machine.handle(.begin)
        while let effect = effects.first {
            let event: SealingMachine.Event
            do {
                switch effect {
                case .openSlot:
                    event = .slotOpened(try await beginSealing(newID(), of: caseID, at: revision))
                case .sealFile(let slot): event = .fileSealed(try await write(slot))
                case .verifyFile(let slot, let packet): event = .fileVerified(try accept(packet, in: slot))
                case .enqueue(let packet): event = .enqueued(try enqueue(packet, isUrgent: isUrgent))
                case .closeSlot(let slot):
                    try await abandonSealing(slot)
                    event = .slotClosed
                }
            } catch {
                event = .failed(SealingFailure(error))
            }
            effects = machine.handle(event)
        }
        switch machine.state {
        case .queued(let packet): return packet
        case .stopped(let failure): throw failure
        default: throw .other("unfinished")
        }
    }
}
