import EnrolmentCore
import Foundation
import Testing

@testable import OfflineCache

/// A `store.key` as the second release wrote it, by that release's own program.
enum SecondRelease {
    static let passphrase = "zin één"
    static let file = #"""
        {"lock":{"cost":{"memoryKiB":65536,"passes":3},"kind":"passphrase","salt":"Lr2CcCjjxqttpEXNbGMTTA=="},
        "lockedAt":1795343009768,"retired":[],
        "ring":[{"id":"0d774dcbe597cdb7","madeAt":1795343009768,
        "sealed":"CjF03VV6FZfh0MSvwB6+xQyoNpvJ9gD5K3kt5M9KAyl64ADaKgshW0m1f0JAx+cMgSsnq4ICgjpN2dn1"}],"version":2}
        """#
}

@Suite("A key file of the second release")
struct KeyFileVersion2Tests {
    /// The machine lock of a store as that release wrote it: without the chip's name, and the store keys right under
    /// the lock.
    private func bench(_ lock: LockWish) async throws -> KeyBench {
        let bench = try await KeyBench.filled(lock)
        let (store, key) = try await bench.open()
        store.close()
        let made = try KeyLock.make(lock, passphrase: secret(KeyBench.passphrase), safe: bench.safe)
        let file = try KeyFileVersion2(key.ring.all, lock: made.lock.unnamed, wrapping: made.wrapping)
        let encoder = JSONEncoder()
        bench.safe.destroyAll(but: made.lock.slot)
        try bench.folder.overwrite(KeyFile.name, with: Array(try encoder.encode(file)))
        return bench
    }

    @Test("opens as its own program made it, and no other passphrase opens it")
    func released() throws {
        let folder = try DataFolder()
        try folder.overwrite(KeyFile.name, with: Array(SecondRelease.file.utf8))
        let key = try StoreKey.open(in: folder.path, passphrase: SecondRelease.passphrase)
        #expect(key.ring.all.count == 1 && !key.isSettled)
        #expect(throws: StoreError.wrongPassphrase) { try StoreKey.open(in: folder.path, passphrase: "een gok") }
    }

    @Test(
        "is one of version 3 after the first opening, under the same lock, which now names its chip",
        arguments: KeyRotationTests.locks)
    func upgraded(lock: LockWish) async throws {
        let bench = try await bench(lock)
        let before = try bench.keys().status()
        #expect(before.version == 2 && before.chip == nil)
        try await bench.expectWhole()
        let after = try bench.keys().status()
        #expect(after.version == 3 && after.slot == before.slot && after.lockedAt == before.lockedAt)
        #expect(after.keys == before.keys && after.chip == (lock.kind == .machine ? bench.safe.name() : nil))
        #expect(throws: StoreError.self) { try bench.keys().open(with: secret("een gok")) }
        if lock.kind == .machine {
            let elsewhere = StoreKeys(
                in: bench.folder.path, safe: InMemoryMachineSafe(number: 2), clock: bench.clock)
            #expect(throws: StoreError.machineChanged(.otherChip)) {
                try elsewhere.open(with: secret(KeyBench.passphrase))
            }
        }
    }

    @Test("the upgrade can be cut at every step, and the next opening does it", arguments: KeyRotationTests.locks)
    func everyCut(lock: LockWish) async throws {
        let bench = try await bench(lock)
        let cuts = KeyCuts(bench)
        try await bench.open(probe: cuts.probe).store.close()
        let steps = cuts.all.filter { $0.step.operation == .upgradeKey }
        #expect(steps.map(\.step.moment) == [.fileWritten, .fileSynced, .fileRenamed, .folderSynced])
        for cut in steps { try await cut.bench.expectWhole(KeyBench.passphrase, "\(cut.step)") }
    }

    @Test("a card opens no such file")
    func noCards() async throws {
        let bench = try await bench(.machine(.least, measurements: []))
        #expect(throws: StoreError.self) { try bench.keys().beginOpening() }
        #expect(try !bench.keys().isOpener(KeyBench.card(1)))
    }
}

extension KeyLock {
    /// As version 2 wrote it.
    fileprivate var unnamed: KeyLock { KeyLock(kind: kind, cost: cost, salt: salt, slot: slot) }
}

extension KeyFileVersion2 {
    /// The program does not write it any more.
    fileprivate init(_ ring: [KeyRing.Entry], lock: KeyLock, wrapping: SecretBytes) throws {
        struct Text: Encodable {
            let version = 2
            let lock: KeyLock
            let lockedAt: Int64
            let ring: [Entry]
            let retired: [MachineSlot]
        }
        let blank = Data(count: RecordCipher.sealedKeyLength)
        let text = Text(
            lock: lock, lockedAt: Timestamp.noon.milliseconds,
            ring: ring.map { Entry(id: $0.id, madeAt: $0.madeAt.milliseconds, sealed: blank) }, retired: [])
        self = try #require(KeyFileVersion2(Array(JSONEncoder().encode(text))))
        for (place, entry) in ring.enumerated() {
            self.ring[place].sealed = try SecretKey.sealed(
                entry.key, under: wrapping, authenticating: authenticated(place))
        }
    }
}
