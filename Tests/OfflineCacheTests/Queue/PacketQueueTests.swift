import EnrolmentCore
import GRDB
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("The packet queue")
struct PacketQueueTests {
    private let maker: StoreMaker
    private let store: Store
    private let signatures = Signatures()

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
    }

    @Test("sealing takes the draft away and leaves a packet that says the same as its file")
    func sealing() async throws {
        let file = patternedBytes(100_000, seed: 4)
        let packet = try await store.sealPacket("c1", file: file, signatures: signatures)
        #expect(packet.state == .sealed)
        #expect(packet.sequence == 1)
        #expect(try await store.drafts.draft(of: CaseID("c1")) == nil)
        #expect(try await store.packets.bytes(of: packet.id, from: 0, count: file.count + 1) == file)
        #expect(try await store.packets.bytes(of: packet.id, from: 99_990, count: 100) == Array(file.suffix(10)))
        try await store.check()
    }

    @Test("manifests count from 1 without a gap and each names the one before")
    func chain() async throws {
        let packets = [
            try await store.sealPacket("c1", signatures: signatures),
            try await store.sealPacket("c2", signatures: signatures),
            try await store.sealPacket("c3", signatures: signatures),
        ]
        let verifier = ManifestVerifier(keys: [maker.kit.id: [signatures.kitKey.verifyingKey]])
        let signed = try packets.map { try verifier.verify($0.manifest) }
        #expect(signed.map(\.manifest.sequence) == [1, 2, 3])
        #expect(signed.map(\.manifest.previousManifestDigest) == [nil, signed[0].digest, signed[1].digest])
    }

    @Test("of two packets sealed at once the second is told to seal again, and can")
    func outOfTurn() async throws {
        let (first, file) = try await openSlot("c1")
        let (second, _) = try await openSlot("c2")
        _ = try await store.packets.enqueue(
            signatures.manifest(for: first, file: file), from: first, isUrgent: false)
        let late = try signatures.manifest(for: second, file: file)
        await #expect(throws: StoreError.outOfTurn(expected: 2)) {
            try await store.packets.enqueue(late, from: second, isUrgent: false)
        }
        let (again, _) = try await openSlot("c2", revision: 1)
        let packet = try await store.packets.enqueue(
            signatures.manifest(for: again, file: file), from: again, isUrgent: false)
        #expect(packet.sequence == 2)
    }

    @Test("an attempt whose end could not be written holds its packet back no longer than to the next sending")
    func abandonedAttempt() async throws {
        let packet = try await store.sealPacket("c1", signatures: signatures)
        _ = try await store.packets.claimNext()
        #expect(try await store.packets.claimNext() == nil)
        #expect(try await store.packets.endAbandonedAttempts() == 1)
        #expect(try await store.packets.endAbandonedAttempts() == 0)
        #expect(try await store.packets.claimNext()?.packet.id == packet.id)
        #expect(try await store.packets.attempts(of: packet.id).map(\.outcome) == ["interrupted", nil])
    }

    @Test("a draft that changed while it was being sealed is not destroyed")
    func changedDraft() async throws {
        let (slot, file) = try await openSlot("c1")
        _ = try await store.drafts.save([9], for: CaseID("c1"), in: VisitID("v1"), after: 1)
        let manifest = try signatures.manifest(for: slot, file: file)
        await #expect(throws: StoreError.draftChanged(CaseID("c1"), held: 2)) {
            try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
        }
        #expect(try await store.drafts.draft(of: CaseID("c1"))?.content == [9])
    }

    @Test("a slot that was given back, or given out anew, lets nothing into the queue")
    func closedSlots() async throws {
        let (slot, file) = try await openSlot("c1")
        let manifest = try signatures.manifest(for: slot, file: file)
        let verified = try store.packets.verify(manifest, in: slot)
        try await store.packets.abandonSealing(slot)
        #expect(throws: StoreError.unknownPacket(slot.packetID)) {
            try store.packets.enqueue(verified, isUrgent: false)
        }
        let (again, _) = try await openSlot("c1", revision: 1)
        #expect(throws: StoreError.unknownPacket(slot.packetID)) {
            try store.packets.enqueue(verified, isUrgent: false)
        }
        let next = try store.packets.verify(try signatures.manifest(for: again, file: file), in: again)
        _ = try store.packets.enqueue(next, isUrgent: false)
        #expect(throws: StoreError.self) { try store.packets.enqueue(next, isUrgent: false) }
        #expect(try await store.packets.packets().map(\.id) == [again.packetID])
    }

    @Test("a file that is not what its manifest says does not enter the queue, and the draft stays")
    func wrongFile() async throws {
        let (slot, file) = try await openSlot("c1")
        let manifest = try signatures.manifest(for: slot, file: file)
        for (wrong, problem) in [
            (Array(file.dropLast()), PacketProblem.fileSizeWrong), (file.map { $0 ^ 1 }, .fileDigestWrong),
        ] {
            try await store.packets.stage(wrong, in: slot)
            await #expect(throws: StoreError.packetDamaged(slot.packetID, problem)) {
                try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
            }
        }
        #expect(try await store.drafts.draft(of: CaseID("c1")) != nil)
        try await store.packets.stage(file, in: slot)
        _ = try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
    }

    @Test("a manifest of a training kit does not enter a real store")
    func trainingManifest() async throws {
        let (slot, file) = try await openSlot("c1")
        let manifest = try signatures.manifest(for: slot, file: file, kit: .training)
        await #expect(throws: StoreError.manifestDisagrees("isTraining")) {
            try await store.packets.enqueue(manifest, from: slot, isUrgent: false)
        }
    }

    @Test("urgent packets go first, then the oldest; a packet under way is not claimed twice")
    func claims() async throws {
        let first = try await store.sealPacket("c1", signatures: signatures)
        let second = try await store.sealPacket("c2", signatures: signatures)
        let urgent = try await store.sealPacket("c3", isUrgent: true, signatures: signatures)
        let queue = store.packets
        let claims = [try await queue.claimNext(), try await queue.claimNext(excluding: [first.id])]
        #expect(claims.map { $0?.packet.id } == [urgent.id, second.id])
        #expect(try await queue.claimNext()?.packet.id == first.id)
        #expect(try await queue.claimNext() == nil)
        let claim = try #require(claims[0])
        try await queue.finish(claim, .failed(.central(.unreachable)), bytesSent: 12)
        #expect(try await queue.claimNext()?.packet.id == urgent.id)
        let log = try await queue.attempts(of: urgent.id)
        #expect(log.map(\.outcome) == ["central.unreachable", nil])
        #expect(log.map(\.bytesSent) == [12, 0])
    }

    @Test("each operation does in the database what the table says, for every state")
    func pairsOnDisk() async throws {
        for (index, state) in PacketState.allCases.enumerated() {
            for operation in PacketOperation.allCases {
                let name = "c\(index)-\(operation)"
                let packet = try await bring(store.sealPacket(name, signatures: signatures), to: state)
                let expected = PacketStateTests.table[state]?[operation]
                do {
                    try await perform(operation, on: packet)
                    let repeated = state == .purged && operation == .purge
                    #expect(try await store.packets.packet(packet.id).state == (repeated ? .purged : expected))
                } catch {
                    #expect(expected == nil, "\(state) \(operation): \(error)")
                    #expect(error as? StoreError == .notPossible(operation, state))
                    #expect(try await store.packets.packet(packet.id) == packet)
                }
            }
        }
        try await store.check()
    }

    @Test("a receipt takes the packet to received once, and may come again")
    func receipt() async throws {
        let packet = try await store.sealPacket("c1", signatures: signatures)
        let receipt = try signatures.receipt(for: packet, after: nil)
        try await store.packets.record(receipt)
        try await store.packets.record(receipt)
        #expect(try await store.packets.packet(packet.id).receipt == receipt.compact)
        #expect(try await store.packets.receiptChainHead() == receipt.chainHead)
        try await store.packets.purge(packet.id)
        try await store.packets.record(receipt)
        try await store.packets.purge(packet.id)
        let purged = try await store.packets.packet(packet.id)
        #expect(purged.state == .purged)
        #expect(purged.receipt == receipt.compact)
        #expect(purged.manifest == packet.manifest)
        #expect(try maker.folder.files().keys.allSatisfy { !$0.hasSuffix(".age") })
    }

    @Test("a receipt that skips the chain, or is another kit's, changes nothing")
    func receiptOutOfChain() async throws {
        let first = try await store.sealPacket("c1", signatures: signatures)
        let second = try await store.sealPacket("c2", signatures: signatures)
        let earlier = try signatures.receipt(for: first, after: nil)
        let later = try signatures.receipt(for: second, after: earlier.chainHead)
        await #expect(throws: StoreError.receiptDisagrees("sequence")) { try await store.packets.record(later) }
        try await store.packets.record(earlier)
        let forked = try signatures.receipt(for: second, after: ReceiptChainHead(sequence: 1, digest: "other"))
        await #expect(throws: StoreError.receiptDisagrees("previousReceiptDigest")) {
            try await store.packets.record(forked)
        }
        #expect(try await store.packets.packet(second.id).state == .sealed)
        try await store.packets.record(later)
    }

    @Test("the database itself refuses a packet that is received without a receipt")
    func rulesInTheDatabase() async throws {
        let packet = try await store.sealPacket("c1", signatures: signatures)
        for state in ["received", "purged", "announced", "conflict", "gone"] {
            await #expect(throws: StoreError.self, "\(state)") {
                try await store.transact(.record) { _, database in
                    try database.execute(
                        sql: "UPDATE packet SET state = ? WHERE id = ?", arguments: [state, packet.id.description])
                }
            }
        }
        #expect(try await store.packets.packet(packet.id) == packet)
    }

    @Test("central's offset counts, also when it is less than before; one outside the file is refused")
    func offsets() async throws {
        let packet = try await store.sealPacket("c1", file: patternedBytes(100, seed: 2), signatures: signatures)
        try await store.packets.announce(packet.id, at: "/v1/packets/1")
        try await store.packets.advance(packet.id, to: 60)
        try await store.packets.advance(packet.id, to: 40)
        #expect(try await store.packets.packet(packet.id).uploadOffset == 40)
        for offset in [-1, 101, Int.max, Int.min] {
            await #expect(throws: StoreError.receiptDisagrees("offset")) {
                try await store.packets.advance(packet.id, to: offset)
            }
        }
    }

    @Test("a file that changed on the disk is found when it is read back, and by the store's check")
    func changedFile() async throws {
        let packet = try await store.sealPacket("c1", file: [1, 2, 3], signatures: signatures)
        #expect(try await store.packets.verifyFile(of: packet.id) == nil)
        try maker.folder.overwrite("packets/\(packet.fileName)", with: [1, 2, 4])
        #expect(try await store.packets.verifyFile(of: packet.id) == .fileDigestWrong)
        await #expect(throws: StoreError.packetDamaged(packet.id, .fileDigestWrong)) { try await store.check() }
    }

    private func openSlot(_ name: String, revision: Int = 0) async throws -> (SealingSlot, [UInt8]) {
        let caseID = CaseID(name)
        var held = revision
        if held == 0 { held = try await store.drafts.save([1], for: caseID, in: VisitID("v1"), after: 0) }
        var generator = SystemRandomNumberGenerator()
        let id = PacketID(at: .noon, using: &generator)
        let slot = try await store.packets.beginSealing(id, of: caseID, at: held)
        let file = Array("age".utf8)
        try await store.packets.stage(file, in: slot)
        return (slot, file)
    }

    private func bring(_ packet: QueuedPacket, to state: PacketState) async throws -> QueuedPacket {
        let path: [PacketState: [PacketOperation]] = [
            .announced: [.announce], .uploading: [.announce, .advance], .received: [.record],
            .purged: [.record, .purge], .conflict: [.findConflict], .refused: [.refuse],
        ]
        for operation in path[state] ?? [] { try await perform(operation, on: packet) }
        return try await store.packets.packet(packet.id)
    }

    private func perform(_ operation: PacketOperation, on packet: QueuedPacket) async throws {
        let queue = store.packets
        switch operation {
        case .announce: try await queue.announce(packet.id, at: "/v1/packets/\(packet.id)")
        case .advance: try await queue.advance(packet.id, to: 1)
        case .forgetUpload: try await queue.forgetUpload(packet.id)
        case .record: try await queue.record(signatures.receipt(for: packet, after: queue.receiptChainHead()))
        case .purge: try await queue.purge(packet.id)
        case .refuse: try await queue.refuse(packet.id, because: .refusedByCentral)
        case .findConflict: try await queue.findConflict(packet.id, because: .differsAtCentral)
        case .retry: try await queue.retry(packet.id, by: OfficerID("o-1"))
        }
    }
}
