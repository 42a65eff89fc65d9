import EnrolmentCore
import Foundation
import PacketFormat
import Synchronization
import Testing

@testable import OfflineCache

/// A data folder with a key, a store and a `kit.sealed`, to be cut and opened again.
struct KeyBench {
    static let passphrase = "een goede zin"
    static let bundle = Array("what makes this laptop a kit".utf8)
    static let draft = Array("what was captured at the bedside".utf8)
    static let caseID = CaseID("case-1")

    let folder: DataFolder
    let safe: InMemoryMachineSafe
    var clock = SteppedClock()

    init(folder: DataFolder, safe: InMemoryMachineSafe = InMemoryMachineSafe()) {
        self.folder = folder
        self.safe = safe
    }

    /// One with something of every kind in it.
    static func filled(_ wish: LockWish = .passphrase(.least)) async throws -> KeyBench {
        let bench = KeyBench(folder: try DataFolder())
        let key = try bench.keys().create(under: secret(passphrase), lock: wish)
        try SealedRecordFile.kit.write(bundle, in: bench.folder.path, under: key)
        let store = try await Store.open(
            folder: bench.folder.path, kit: .real, sealing: Vault(key), clock: bench.clock
        ).store
        _ = try await store.drafts.save(draft, for: caseID, in: VisitID("v1"), after: 0)
        try await store.revocations.ask([1, 2, 3])
        try await store.revocations.keep([4, 5], .crl, about: [6])
        try await store.passphrases.set(secret("van een ambtenaar"), for: OfficerID("o-1"), cost: .least)
        let list = try ListSigner(key: ReceiptSigningKey()).sign(cardRoots: Array(#"{"version":3}"#.utf8))
        #expect(try await store.lists.keep(list) == .kept)
        try await store.visits.replace([.example])
        store.close()
        return bench
    }

    /// A card of the fake, and its officer.
    static func card(_ number: UInt8) -> CardKey {
        .p384(x: [UInt8](repeating: number, count: 48), y: [UInt8](repeating: 0xC0, count: 48))
    }

    func opener(_ number: UInt8) throws -> CardOpener {
        CardOpener(
            officer: OfficerID("o-\(number)"), branch: try safe.branch(of: Self.card(number)),
            validUntil: .noon.advanced(by: .seconds(1 << 20)), question: [UInt8](repeating: number, count: 32),
            listedName: [UInt8](repeating: number, count: 36), addedAt: .noon)
    }

    /// One that cards of these numbers open as well.
    static func filled(_ wish: LockWish, cards numbers: [UInt8]) async throws -> KeyBench {
        let bench = try await filled(wish)
        if !numbers.isEmpty { try await bench.set(numbers) }
        return bench
    }

    func set(_ numbers: [UInt8], probe: StorageProbe = .none) async throws {
        let (store, key) = try await open(probe: probe)
        defer { store.close() }
        _ = try await keys(probe: probe).setOpeners(try numbers.map { try opener($0) }, of: key, in: store)
    }

    /// Opens with a card.
    func key(byCard number: UInt8) throws -> StoreKey {
        let opening = try keys().beginOpening()
        let card = Self.card(number)
        return try opening.open(
            with: InMemoryMachineSafe.sign(opening.message, by: try safe.branch(of: card)), of: card)
    }

    func keys(probe: StorageProbe = .none) -> StoreKeys {
        StoreKeys(in: folder.path, safe: safe, clock: clock, probe: probe)
    }

    /// What a cut would leave: the folder and the chip as they are now.
    func copy() throws -> KeyBench { KeyBench(folder: try folder.copy(), safe: safe.copy(), clock: clock) }

    private init(folder: DataFolder, safe: InMemoryMachineSafe, clock: SteppedClock) {
        self.init(folder: folder, safe: safe)
        self.clock = clock
    }

    /// Opens as the station does, and gives back what it settled to.
    func open(
        _ passphrase: String = KeyBench.passphrase, probe: StorageProbe = .none
    ) async throws -> (store: Store, key: StoreKey) {
        let keys = keys(probe: probe)
        let key = try keys.open(with: secret(passphrase))
        #expect(try SealedRecordFile.kit.read(in: folder.path, under: key) == Self.bundle)
        let store = try await Store.open(
            folder: folder.path, kit: .real, sealing: Vault(key), clock: clock, probe: probe
        ).store
        do {
            return (store, try await keys.settle(key, of: store, with: secret(passphrase), upgrading: .least))
        } catch {
            store.close()
            throw error
        }
    }

    /// Opens with a passphrase, reads everything that is sealed, and finds nothing left to be done.
    func expectWhole(_ passphrase: String = KeyBench.passphrase, _ label: String = "") async throws {
        let (store, key) = try await open(passphrase)
        #expect(key.isSettled, "\(label)")
        #expect(try SealedRecordFile.kit.read(in: folder.path, under: key) == Self.bundle, "\(label)")
        #expect(try await store.drafts.draft(of: Self.caseID)?.content == Self.draft, "\(label)")
        #expect(try await store.revocations.waiting().map(\.content) == [[1, 2, 3]], "\(label)")
        let evidence = try await store.revocations.evidence()
        #expect(evidence.map(\.content) == [[4, 5]] && evidence.map(\.subject) == [[6]], "\(label)")
        #expect(try await store.lists.list(.cardRoots)?.version == 3, "\(label)")
        #expect(try await store.visits.all() == [.example], "\(label)")
        let uptime = Uptime(boot: "b", elapsed: .zero)
        let limit = TryLimit(freeTries: 3, firstWait: .seconds(1), longestWait: .seconds(2))
        let check = try await store.passphrases.check(
            secret("van een ambtenaar"), of: OfficerID("o-1"), limit: limit, now: uptime)
        #expect(check == .right, "\(label)")
        try await store.check()
        store.close()
        #expect(try keys().status().keys.count == 1, "\(label)")
    }
}

/// Takes a copy of a folder at every step of an operation, and can fail one.
final class KeyCuts: Sendable {
    private let bench: KeyBench
    private let taken = Mutex<[(step: StorageStep, bench: KeyBench)]>([])

    init(_ bench: KeyBench) { self.bench = bench }

    var all: [(step: StorageStep, bench: KeyBench)] { taken.withLock { $0 } }

    var probe: StorageProbe {
        StorageProbe { [self] step throws(StoreError) in
            guard step.isOfKeys else { return }
            guard let copy = try? bench.copy() else { throw .unwritable("a copy") }
            taken.withLock { $0.append((step, copy)) }
        }
    }
}
