import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat

/// A day of two cases in steps, between any two of which a clock may be set: captured, sealed, queued, brought to
/// central, received, purged, and the day closed. It keeps what the store acknowledged, to compare with.
struct ClockDay {
    enum Step: Hashable, Sendable {
        case save(Int, Int)
        case seal(Int)
        case hearCentral
        case announce, advance, receive, purge
        case closeDay
    }

    static let steps: [Step] =
        [.save(1, 1), .save(1, 2), .save(1, 3), .seal(1), .save(2, 1), .save(2, 2), .save(2, 3), .seal(2)]
        + [.hearCentral, .announce, .advance, .receive, .purge, .announce, .advance, .receive, .purge, .closeDay]

    let world: ClockWorld
    private(set) var store: Store
    private(set) var packets: [PacketID] = []
    private(set) var heard: (at: Timestamp, start: Int)?
    /// The latest that central told of the time, in an answer or a receipt.
    private(set) var told: Timestamp?
    private var claim: PacketClaim?

    init(_ world: ClockWorld) async throws {
        self.world = world
        store = try await world.open()
    }

    /// Power goes and comes back.
    mutating func restart(after time: Duration, setting change: ClockChange?) async throws {
        store.close()
        claim = nil
        world.clocks.restart(after: time)
        if let change { world.clocks.set(change) }
        store = try await world.open()
    }

    mutating func take(_ step: Step) async throws {
        switch step {
        case .save(let number, let revision):
            _ = try await store.drafts.save(
                invented(number).content(revision), for: invented(number).id, in: InventedCase.visit,
                after: revision - 1)
        case .seal(let number): try await seal(invented(number))
        case .hearCentral:
            try await store.clockMark.note(world.clocks.truth, from: .central)
            heard = (world.clocks.truth, world.clocks.starts)
            told = world.clocks.truth
        case .announce: try await announce()
        case .advance:
            guard let claim else { return }
            try await store.packets.advance(claim.packet.id, to: claim.packet.fileSize)
        case .receive: try await receive()
        case .purge:
            for packet in try await store.packets.packets(in: [.received]) {
                try await store.packets.purge(packet.id)
            }
        case .closeDay: try await closeDay()
        }
    }

    private func invented(_ number: Int) -> InventedCase { InventedCase(seed: world.seed, number: number, unit: 64) }

    private mutating func seal(_ invented: InventedCase) async throws {
        guard let draft = try await store.drafts.draft(of: invented.id) else {
            throw StoreError.unknownDraft(invented.id)
        }
        let (now, clocks) = (world.clocks.now() as Timestamp, world.clocks)
        let standing = try await store.clockMark.standing(of: now)
        let sealer = try PacketSealer(
            directory: URL(filePath: "\(world.folder.path)/packets"), recipient: world.kit.recipient,
            key: world.kit.signingKey,
            files: store.packetCalls)
        let kit = store.kit
        var generator = SystemRandomNumberGenerator()
        let packet = try await store.packets.seal(
            invented.id, at: draft.revision, isUrgent: false,
            newID: { PacketID(at: clocks.now(), using: &generator) },
            write: { slot in
                let place = PacketPlace(
                    id: slot.packetID, sequence: slot.sequence, previousManifestDigest: slot.previousManifestDigest,
                    sealedAt: now, timeConfidence: standing.confidence)
                return try sealer.seal(InventedContent(bytes: draft.content), of: kit, at: place)
            })
        packets.append(packet.id)
    }

    /// Takes the next packet, by its place in the queue and not by its time.
    private mutating func announce() async throws {
        guard let next = try await store.packets.claimNext() else { return }
        claim = next
        if next.packet.state == .sealed {
            try await store.packets.announce(next.packet.id, at: "/v1/packets/\(next.packet.id)")
        }
    }

    private mutating func receive() async throws {
        if claim == nil { try await announce() }
        guard let claim else { return }
        let packet = claim.packet
        let file = try await store.packets.bytes(of: packet.id, from: 0, count: packet.fileSize)
        let held = try world.central.receive(
            packet, file, seed: world.seed, unit: 64, at: world.clocks.truth)
        let manifests = ManifestVerifier(keys: [store.kit.id: [world.kit.signingKey.verifyingKey]])
        let receipt = try ReceiptVerifier(server: ModelCentral.server, keys: [world.kit.receiptKey]).verify(
            held.receipt, for: try manifests.verify(packet.manifest).manifest,
            after: try await store.packets.receiptChainHead())
        try await store.packets.record(receipt)
        told = receipt.receipt.receivedAt
        try await store.packets.finish(claim, .received, bytesSent: packet.fileSize)
        self.claim = nil
    }

    private func closeDay() async throws {
        let now: Timestamp = world.clocks.now()
        let begins = Timestamp(milliseconds: Int64(now.dayInUTC.daysSinceEpoch) * 86_400_000)
        _ = try await store.seals.close(
            ClosingDay(date: now.dayInUTC, begins: begins, ends: begins.advanced(by: ClockWorld.day)), by: nil,
            because: nil, with: world.kit.signingKey)
    }
}
