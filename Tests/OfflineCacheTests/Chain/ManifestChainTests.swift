import EnrolmentCore
import PacketFormat
import StationTestSupport
import Testing

@testable import OfflineCache

@Suite("The chain of manifests, and a folder that is an older copy")
struct ManifestChainTests {
    private let signatures = Signatures()
    private let digest = String(repeating: "a", count: 64)

    private func lost(_ name: String, sequence: Int, caseDigest: Bool = true) throws -> SignedManifest {
        var generator = SeededGenerator(seed: UInt64(sequence))
        let manifest = Manifest(
            packetID: PacketID(at: .noon, using: &generator), kit: Kit.real.id, sequence: sequence,
            previousManifestDigest: sequence == 1 ? nil : digest, sealedAt: .noon, timeConfidence: .plausible,
            isTraining: false, contentType: "application/json", contentSize: 1, fileSize: 1, fileDigest: digest,
            recipientKeyID: "0123456789abcdef",
            caseDigest: caseDigest ? Manifest.caseDigest(of: CaseID(name)) : nil)
        return try ManifestSigner(key: signatures.kitKey).sign(manifest)
    }

    private func receipt(for signed: SignedManifest, after head: ReceiptChainHead?) throws -> ChainedReceipt {
        let manifest = signed.manifest
        let receipt = Receipt(
            packetID: manifest.packetID, kit: manifest.kit, fileDigest: manifest.fileDigest, fileSize: 1,
            receivedAt: .noon, server: Signatures.server, isTraining: false, sequence: (head?.sequence ?? 0) + 1,
            previousReceiptDigest: head?.digest)
        let verifier = ReceiptVerifier(server: Signatures.server, keys: [signatures.receiptKey.verifyingKey])
        return try verifier.verify(
            ReceiptSigner(key: signatures.receiptKey).sign(receipt), of: .real, after: head)
    }

    @Test("nothing is sealed in an older copy until a technician accepts it, and then behind what central holds")
    func accept() async throws {
        let folder = try DataFolder()
        let store = try await StoreMaker(folder).open()
        _ = try await store.sealPacket("case-1", signatures: signatures)
        #expect(try await store.chain.accept(by: nil) == .nothingFound)
        let central = ManifestChainHead(sequence: 5, digest: digest)
        try await store.chain.noteRollback(foundBy: .central, central: central)
        try await store.chain.noteRollback(foundBy: .machine)
        await #expect(throws: StoreError.rolledBack) {
            _ = try await store.sealPacket("case-2", signatures: signatures)
        }
        #expect(try await store.chain.mark()?.central == central)
        #expect(try await store.chain.accept(by: OfficerID("T1")) == .accepted(continuedAfter: 5))
        #expect(try await store.chain.accept(by: OfficerID("T1")) == .nothingFound)
        let next = try await store.sealPacket("case-3", signatures: signatures)
        #expect(next.sequence == 6)
        let manifest = try #require(Manifest.claimed(by: next.manifest)).manifest
        #expect(manifest.previousManifestDigest == digest)
        #expect(try await store.chain.acceptedFloor() == 5)
        let lines = try await store.journal.lines().filter { [.rolledBack, .rollbackAccepted].contains($0.event) }
        #expect(lines.map(\.event) == [.rolledBack, .rollbackAccepted])
        #expect(lines.map(\.reason) == ["central", "5"])
        #expect(lines.last?.officer == OfficerID("T1"))
        store.close()
    }

    @Test("where the older line has gone further than central, its own numbers are not given again")
    func ownLineIsLonger() async throws {
        let folder = try DataFolder()
        let store = try await StoreMaker(folder).open()
        var last = try await store.sealPacket("case-1", signatures: signatures)
        last = try await store.sealPacket("case-2", signatures: signatures)
        try await store.chain.noteRollback(
            foundBy: .central, central: ManifestChainHead(sequence: 1, digest: digest))
        #expect(try await store.chain.accept(by: nil) == .accepted(continuedAfter: 2))
        let next = try await store.sealPacket("case-3", signatures: signatures)
        let manifest = try #require(Manifest.claimed(by: next.manifest)).manifest
        #expect(next.sequence == 3)
        #expect(manifest.previousManifestDigest == SignedManifest.digest(of: last.manifest))
        store.close()
    }

    @Test("a case counts as received only when central gave a receipt for the packet that was lost")
    func alreadyReceived() async throws {
        let folder = try DataFolder()
        let store = try await StoreMaker(folder).open()
        let received = try lost("case-1", sequence: 1)
        let announced = try lost("case-2", sequence: 2)
        let older = try lost("case-3", sequence: 3, caseDigest: false)
        for signed in [received, announced, older, received] { try await store.chain.keepLost(signed) }
        let first = try receipt(for: received, after: nil)
        try await store.chain.keepLost(first)
        let head = try await store.packets.receiptChainHead()
        #expect(head == ReceiptChainHead(sequence: 1, digest: first.digest))
        try await store.chain.keepLost(try receipt(for: older, after: head))
        for name in ["case-1", "case-2", "case-3", "case-4"] {
            _ = try await store.drafts.save([1], for: CaseID(name), in: VisitID("v1"), after: 0)
        }
        #expect(try await store.chain.draftsAlreadyReceived() == [CaseID("case-1")])
        #expect(try await store.chain.lostManifest(of: announced.manifest.packetID) == announced.compact)
        store.close()
    }

    @Test("the receipt of a packet that is in the store is not taken as a lost one's, nor one out of its place")
    func notLost() async throws {
        let folder = try DataFolder()
        let store = try await StoreMaker(folder).open()
        let packet = try await store.sealPacket("case-1", signatures: signatures)
        let verifier = ManifestVerifier(keys: [Kit.real.id: [signatures.kitKey.verifyingKey]])
        let own = try verifier.verify(packet.manifest)
        let ownReceipt = try receipt(for: own, after: nil)
        await #expect(throws: StoreError.receiptDisagrees("packetID")) {
            try await store.chain.keepLost(ownReceipt)
        }
        let stray = try receipt(
            for: lost("case-2", sequence: 2), after: ReceiptChainHead(sequence: 4, digest: digest))
        await #expect(throws: StoreError.receiptDisagrees("sequence")) { try await store.chain.keepLost(stray) }
        try await store.chain.keepLost(own)
        #expect(try await store.chain.lostManifest(of: packet.id) == nil)
        #expect(try await store.packets.packet(packet.id).state == .sealed)
        store.close()
    }

    @Test("a chained receipt is refused for another kit, mode, server or key, and out of its place")
    func verifier() throws {
        let signed = try lost("case-1", sequence: 1)
        let compact = try receipt(for: signed, after: nil).compact
        let key = signatures.receiptKey.verifyingKey
        let verifier = ReceiptVerifier(server: Signatures.server, keys: [key])
        #expect(throws: StatementError.otherTrainingMark) { try verifier.verify(compact, of: .training, after: nil) }
        #expect(throws: StatementError.otherKit) {
            try verifier.verify(compact, of: Kit(id: KitID("x"), isTraining: false), after: nil)
        }
        #expect(throws: StatementError.otherServer) {
            try ReceiptVerifier(server: "x", keys: [key]).verify(compact, of: .real, after: nil)
        }
        #expect(throws: StatementError.unknownKey) {
            try ReceiptVerifier(server: Signatures.server, keys: [signatures.kitKey.verifyingKey])
                .verify(compact, of: .real, after: nil)
        }
        #expect(throws: StatementError.sequence(expected: 2, found: 1)) {
            try verifier.verify(compact, of: .real, after: ReceiptChainHead(sequence: 1, digest: digest))
        }
    }
}
