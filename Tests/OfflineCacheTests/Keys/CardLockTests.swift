import EnrolmentCore
import Foundation
import GRDB
import Testing

@testable import OfflineCache

@Suite("Cards that open the key")
struct CardLockTests {
    private static let lock = LockWish.machine(.least, measurements: [7])

    private func bench(_ numbers: UInt8...) async throws -> KeyBench {
        try await KeyBench.filled(Self.lock, cards: numbers)
    }

    @Test("each of eight cards opens it, and so does the passphrase; another card does not")
    func opens() async throws {
        let bench = try await bench(1, 2, 3, 4, 5, 6, 7, 8)
        let size = try bench.keys().read().count
        #expect(size < KeyFile.largestByteCount - 2048, "\(size)")
        let key = try bench.keys().open(with: secret(KeyBench.passphrase))
        for number in UInt8(1)...8 {
            #expect(try bench.keys().isOpener(KeyBench.card(number)))
            #expect(try bench.key(byCard: number).ring.all.map(\.id) == key.ring.all.map(\.id))
        }
        #expect(try !bench.keys().isOpener(KeyBench.card(9)))
        #expect(throws: StoreError.cardRefused) { try bench.key(byCard: 9) }
        #expect(try bench.keys().openers(of: key).map(\.officer.text) == (1...8).map { "o-\($0)" })
        await #expect(throws: StoreError.self) { try await bench.set(Array(1...9)) }
        try await bench.expectWhole()
    }

    @Test("a signature for another opening, or of another card, opens nothing, and the right one still does")
    func signatures() async throws {
        let bench = try await bench(1)
        let branch = try bench.safe.branch(of: KeyBench.card(1))
        let earlier = try bench.keys().beginOpening()
        let opening = try bench.keys().beginOpening()
        for signature in [
            InMemoryMachineSafe.sign(earlier.message, by: branch),
            InMemoryMachineSafe.sign(opening.message, by: try bench.safe.branch(of: KeyBench.card(2))), [],
        ] {
            #expect(throws: StoreError.cardRefused) { try opening.open(with: signature, of: KeyBench.card(1)) }
        }
        _ = try opening.open(with: InMemoryMachineSafe.sign(opening.message, by: branch), of: KeyBench.card(1))
    }

    @Test("no card opens a kit under a passphrase alone, nor one that has none, nor on another machine")
    func nowhereElse() async throws {
        let bench = try await KeyBench.filled(.passphrase(.least))
        await #expect(throws: StoreError.machineChanged(.absent)) { try await bench.set([1]) }
        let without = try await self.bench()
        #expect(throws: StoreError.cardRefused) { try without.keys().beginOpening() }
        let with = try await self.bench(1)
        let other = StoreKeys(in: with.folder.path, safe: InMemoryMachineSafe(number: 2), clock: with.clock)
        #expect(throws: StoreError.machineChanged(.otherChip)) { try other.beginOpening() }
        #expect(throws: StoreError.machineChanged(.otherChip)) { try other.isOpener(KeyBench.card(1)) }
        with.safe.change(7)
        #expect(throws: StoreError.machineChanged(.measurementsChanged)) { try with.key(byCard: 1) }
    }

    @Test("a chip that cannot check a card says so, and no card of that kind is taken")
    func unknownCurve() async throws {
        let bench = try await bench(1)
        let rsa = CardKey.rsa2048(modulus: [UInt8](repeating: 1, count: 256))
        #expect(throws: StoreError.cardUnknownToChip) { try bench.keys().branch(of: rsa) }
        #expect(throws: StoreError.cardUnknownToChip) { try bench.keys().isOpener(rsa) }
    }

    @Test("a card that is removed opens no older copy either, and the others go on")
    func removed() async throws {
        let bench = try await bench(1, 2)
        let copy = KeyBench(folder: try bench.folder.copy(), safe: bench.safe)
        try await bench.set([2])
        #expect(throws: StoreError.cardRefused) { try bench.key(byCard: 1) }
        #expect(throws: StoreError.machineChanged(.unknownSlot)) { try copy.key(byCard: 1) }
        _ = try bench.key(byCard: 2)
        // The older copy's other lock is the same as before.
        _ = try copy.keys().open(with: secret(KeyBench.passphrase))
        #expect(bench.safe.slotCount == 2)
        try await bench.set([])
        #expect(try bench.keys().status().cardSlot == nil && bench.safe.slotCount == 1)
        #expect(throws: StoreError.cardRefused) { try bench.keys().beginOpening() }
        try await bench.expectWhole()
    }

    @Test("a kit that a card opened can have its cards changed, and the passphrase still opens it")
    func changedByCard() async throws {
        let bench = try await bench(1, 2)
        let key = try bench.key(byCard: 1)
        let store = try await Store.open(
            folder: bench.folder.path, kit: .real, sealing: Vault(key), clock: bench.clock
        ).store
        let settled = try await bench.keys().settle(key, of: store, with: nil)
        _ = try await bench.keys().setOpeners([try bench.opener(1), try bench.opener(3)], of: settled, in: store)
        #expect(try await store.journal.lines().last?.event == .cardsChanged)
        store.close()
        #expect(throws: StoreError.cardRefused) { try bench.key(byCard: 2) }
        _ = try bench.key(byCard: 3)
        try await bench.expectWhole()
    }

    @Test(
        "changing the cards can be cut at every step: the cards of before open it, or those of after, and one lock is left"
    )
    func everyCut() async throws {
        let bench = try await bench(1, 2)
        let cuts = KeyCuts(bench)
        try await bench.set([2, 3], probe: cuts.probe)
        #expect(
            cuts.all.contains { $0.step.moment == .slotKept } && cuts.all.contains { $0.step.moment == .slotDestroyed })
        for (number, cut) in cuts.all.enumerated() {
            let label = "cut \(number) at \(cut.step)"
            try await cut.bench.expectWhole(KeyBench.passphrase, label)
            let opening = [UInt8(1), 3].filter { (try? cut.bench.key(byCard: $0)) != nil }
            #expect(opening.count == 1, "\(label)")
            _ = try cut.bench.key(byCard: 2)
            #expect(try cut.bench.keys().status().retiredSlots.isEmpty, "\(label)")
            if opening == [3], let old = try bench.copyBefore(cuts) {
                #expect(throws: StoreError.self, "\(label)") {
                    try StoreKeys(in: old.path, safe: cut.bench.safe, clock: bench.clock).beginOpening()
                }
            }
        }
    }

    @Test("rotation, another passphrase and other registers leave the same cards, by a new secret each")
    func goesAlong() async throws {
        let bench = try await bench(1, 2)
        for step in 0..<3 {
            let copy = KeyBench(folder: try bench.folder.copy(), safe: bench.safe)
            let (store, key) = try await bench.open()
            switch step {
            case 0: _ = try await bench.keys().rotate(key, of: store, under: secret(KeyBench.passphrase))
            case 1:
                _ = try await bench.keys().relock(
                    key, of: store, under: secret(KeyBench.passphrase), lock: try bench.keys().wish(of: key))
            default:
                _ = try await bench.keys().relock(
                    key, of: store, under: secret(KeyBench.passphrase), lock: .machine(.least, measurements: [4]))
            }
            store.close()
            for number in UInt8(1)...2 {
                _ = try bench.key(byCard: number)
                #expect(throws: StoreError.machineChanged(.unknownSlot)) { try copy.key(byCard: number) }
            }
            #expect(bench.safe.slotCount == 2)
            try await bench.expectWhole()
        }
        bench.safe.change(4)
        #expect(throws: StoreError.machineChanged(.measurementsChanged)) { try bench.key(byCard: 1) }
    }

    @Test("under a passphrase alone no card is left")
    func moved() async throws {
        let bench = try await bench(1)
        let (store, key) = try await bench.open()
        _ = try await bench.keys().relock(
            key, of: store, under: secret(KeyBench.passphrase), lock: .passphrase(.least))
        store.close()
        #expect(bench.safe.slotCount == 0)
        #expect(throws: StoreError.cardRefused) { try bench.keys().beginOpening() }
        try await bench.expectWhole()
    }

    @Test("what the file says of cards, openers and the chip cannot be changed or taken from an older file")
    func tampered() async throws {
        let bench = try await bench(1, 2)
        let before = try KeyFile(try bench.keys().read())
        try await bench.set([2])
        let after = try KeyFile(try bench.keys().read())
        let encoder = JSONEncoder()
        var texts: [String: Any] = [:]
        var olds: [String: Any] = [:]
        texts = try #require(JSONSerialization.jsonObject(with: encoder.encode(after)) as? [String: Any])
        olds = try #require(JSONSerialization.jsonObject(with: encoder.encode(before)) as? [String: Any])
        for part in ["cards", "openers", "fileKey", "lock", "lockedAt", "retired", "ring"] {
            var mixed = texts
            mixed[part] = olds[part]
            let bytes = [UInt8](try JSONSerialization.data(withJSONObject: mixed))
            guard try KeyFile(bytes) != after else { continue }
            try bench.folder.overwrite(KeyFile.name, with: bytes)
            #expect(throws: StoreError.self, "\(part)") { try bench.keys().open(with: secret(KeyBench.passphrase)) }
        }
        for part in ["cards", "openers"] {
            var without = texts
            without[part] = nil
            try bench.folder.overwrite(
                KeyFile.name, with: [UInt8](try JSONSerialization.data(withJSONObject: without)))
            #expect(throws: StoreError.keyDamaged, "\(part)") {
                try bench.keys().open(with: secret(KeyBench.passphrase))
            }
        }
    }
}

extension KeyBench {
    /// The folder as it was at the first step.
    fileprivate func copyBefore(_ cuts: KeyCuts) throws -> DataFolder? { try cuts.all.first?.bench.folder.copy() }
}
