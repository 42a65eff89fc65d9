import EnrolmentCore
import Testing

@testable import PacketFormat

@Suite("A receipt")
struct ReceiptVerifierTests {
    private let key = ReceiptSigningKey()
    private let manifest = StatementFixtures.manifest()

    private func verify(
        _ receipt: Receipt, after head: ReceiptChainHead? = nil, by signer: ReceiptSigningKey? = nil
    ) throws -> VerifiedReceipt {
        try ReceiptVerifier(server: StatementFixtures.server, keys: [key.verifyingKey])
            .verify(ReceiptSigner(key: signer ?? key).sign(receipt), for: manifest, after: head)
    }

    @Test("is believed when all agrees, and the next one continues from it")
    func chain() throws {
        let first = try verify(StatementFixtures.receipt())
        #expect(first.digest == ReceiptSigner.digest(of: first.compact))
        let next = StatementFixtures.receipt(sequence: 2, previous: first.digest)
        let second = try verify(next, after: first.chainHead)
        #expect(second.receipt == next)
        #expect(second.chainHead.sequence == 2)
    }

    @Test("is refused for each thing that does not agree, by its name")
    func disagreements() throws {
        let refused: [(Receipt, StatementError)] = [
            (StatementFixtures.receipt(server: "other.example"), .otherServer),
            (StatementFixtures.receipt(packet: StatementFixtures.packetID(2)), .otherPacket),
            (StatementFixtures.receipt(digest: String(repeating: "cd", count: 32)), .otherFileDigest),
            (StatementFixtures.receipt(size: 2_660), .otherFileSize),
            (StatementFixtures.receipt(kit: KitID("kit-08")), .otherKit),
            (StatementFixtures.receipt(isTraining: true), .otherTrainingMark),
            (StatementFixtures.receipt(sequence: 2), .sequence(expected: 1, found: 2)),
            (StatementFixtures.receipt(sequence: 0), .sequence(expected: 1, found: 0)),
            (StatementFixtures.receipt(previous: StatementFixtures.digest), .otherPredecessor),
        ]
        for (receipt, error) in refused {
            #expect(throws: error) { try verify(receipt) }
        }
    }

    @Test("is refused when it repeats, skips or forks the chain")
    func chainBreaks() throws {
        let head = ReceiptChainHead(sequence: 5, digest: StatementFixtures.digest)
        let digest = StatementFixtures.digest
        #expect(throws: StatementError.sequence(expected: 6, found: 5)) {
            try verify(StatementFixtures.receipt(sequence: 5, previous: digest), after: head)
        }
        #expect(throws: StatementError.sequence(expected: 6, found: 7)) {
            try verify(StatementFixtures.receipt(sequence: 7, previous: digest), after: head)
        }
        #expect(throws: StatementError.otherPredecessor) {
            try verify(StatementFixtures.receipt(sequence: 6, previous: nil), after: head)
        }
        #expect(throws: StatementError.sequence(expected: .min, found: 1)) {
            try verify(StatementFixtures.receipt(), after: ReceiptChainHead(sequence: .max, digest: digest))
        }
    }

    @Test("from a key that was not pinned is refused before anything else is looked at")
    func unknownKey() {
        #expect(throws: StatementError.unknownKey) {
            try verify(StatementFixtures.receipt(server: "other.example"), by: ReceiptSigningKey())
        }
    }
}
