import EnrolmentCore
import Foundation
import Testing

@testable import OfflineCache

@Suite("The store's key")
struct StoreKeyTests {
    private let folder: DataFolder

    init() throws { folder = try DataFolder() }

    private func keys(_ safe: InMemoryMachineSafe? = nil) -> StoreKeys {
        StoreKeys(in: folder.path, safe: safe, clock: SteppedClock())
    }

    static let locks: [LockWish] = [
        .passphrase(.least), .machine(.least, measurements: []), .machine(.least, measurements: [0, 7]),
    ]

    @Test("opens again under its passphrase, and is the same key", arguments: locks)
    func roundTrip(lock: LockWish) throws {
        let keys = keys(InMemoryMachineSafe())
        let made = try keys.create(under: secret("zin één"), lock: lock)
        let name = RecordName(table: "draft", id: "c1", revision: 1)
        let sealed = try Vault(made).seal([1, 2, 3], as: name)
        #expect(try Vault(try keys.open(with: secret("zin één"))).open(sealed, as: name) == [1, 2, 3])
    }

    @Test("a wrong passphrase is named as such", arguments: locks)
    func wrongPassphrase(lock: LockWish) throws {
        let keys = keys(InMemoryMachineSafe())
        _ = try keys.create(under: secret("right"), lock: lock)
        for wrong in ["wrong", "Right", "right ", ""] {
            #expect(throws: StoreError.wrongPassphrase) { try keys.open(with: secret(wrong)) }
        }
        _ = try keys.open(with: secret("right"))
    }

    @Test("is never overwritten by a new one, never made anew beside a database, nor where keys were destroyed")
    func neverReplaced() throws {
        _ = try StoreKey.create(in: folder.path, passphrase: "first")
        #expect(throws: StoreError.keyExists) { try StoreKey.create(in: folder.path, passphrase: "second") }
        let other = try DataFolder()
        try other.overwrite(Store.databaseName, with: [1])
        #expect(throws: StoreError.keyMissing) { try StoreKey.create(in: other.path, passphrase: "new") }
        #expect(throws: StoreError.keyMissing) { try StoreKey.open(in: other.path, passphrase: "new") }
        try other.overwrite(ErasureRecord.fileName, with: [1])
        #expect(throws: StoreError.erased) { try StoreKey.create(in: other.path, passphrase: "new") }
        #expect(throws: StoreError.erased) { try StoreKey.open(in: other.path, passphrase: "new") }
    }

    @Test("a machine lock wants the machine: without it, or with another, or after it was changed, nothing opens")
    func otherMachine() throws {
        let safe = InMemoryMachineSafe()
        #expect(throws: StoreError.machineChanged(.absent)) {
            try keys().create(under: secret("p"), lock: .machine(.least, measurements: []))
        }
        _ = try keys(safe).create(under: secret("p"), lock: .machine(.least, measurements: [7]))
        #expect(throws: StoreError.machineChanged(.absent)) { try keys().open(with: secret("p")) }
        #expect(throws: StoreError.machineChanged(.otherChip)) {
            try keys(InMemoryMachineSafe(number: 2)).open(with: secret("p"))
        }
        // The same chip after it was cleared would have another name; one that lost the place has not.
        #expect(throws: StoreError.machineChanged(.unknownSlot)) {
            try keys(InMemoryMachineSafe()).open(with: secret("p"))
        }
        safe.change(4)
        _ = try keys(safe).open(with: secret("p"))
        safe.change(7)
        #expect(throws: StoreError.machineChanged(.measurementsChanged)) { try keys(safe).open(with: secret("p")) }
    }

    @Test("a machine lock stops guesses: after the chip's limit even the right one is refused")
    func limit() throws {
        let keys = keys(InMemoryMachineSafe(limit: 3))
        _ = try keys.create(under: secret("right"), lock: .machine(.least, measurements: []))
        for _ in 0..<3 { #expect(throws: StoreError.wrongPassphrase) { try keys.open(with: secret("wrong")) } }
        #expect(throws: StoreError.tooManyTries) { try keys.open(with: secret("right")) }
    }

    @Test("what the chip gives up is not the key: the passphrase is needed with it")
    func chipAlone() throws {
        let safe = InMemoryMachineSafe()
        _ = try keys(safe).create(under: secret("right"), lock: .machine(.least, measurements: []))
        let file = try KeyFile(try keys(safe).read())
        let stolen = try SecretKey.empty()
        for byte in try #require(safe.secrets.first) { stolen.append(byte) }
        let guess = try Argon2id.key(of: secret("wrong"), salt: Array(file.lock.salt), cost: .least)
        let wrapping = try SecretKey.derive(
            from: stolen, guess, salt: file.lock.salt, purpose: "draagbaar-loket key lock 2 machine")
        #expect(throws: StoreError.keyDamaged) { try file.lock.open(file.fileKey, with: wrapping) }
        let right = try Argon2id.key(of: secret("right"), salt: Array(file.lock.salt), cost: .least)
        let fileKey = try file.lock.open(
            file.fileKey,
            with: try SecretKey.derive(
                from: stolen, right, salt: file.lock.salt, purpose: "draagbaar-loket key lock 2 machine"))
        _ = try file.open(under: fileKey)
    }

    @Test("a file that is cut anywhere is refused")
    func cutFile() throws {
        _ = try StoreKey.create(in: folder.path, passphrase: "p")
        let whole = try #require(try folder.files()[KeyFile.name])
        for length in 0..<whole.count {
            try folder.overwrite(KeyFile.name, with: Array(whole.prefix(length)))
            #expect(throws: StoreError.keyDamaged) { try StoreKey.open(in: folder.path, passphrase: "p") }
        }
    }

    @Test(
        "a file that asks for absurd work is refused before any is done",
        arguments: [
            (1 << 40, 3), (8191, 3), (0, 3), (-1, 3), (256 << 10 | 1, 3), (65536, 0), (65536, 11), (65536, 1 << 40),
        ])
    func absurdCost(memoryKiB: Int, passes: Int) throws {
        let text = """
            {"version":2,"lock":{"kind":"passphrase","cost":{"memoryKiB":\(memoryKiB),"passes":\(passes)},\
            "salt":"AAAAAAAAAAAAAAAAAAAAAA=="},"lockedAt":0,"retired":[],"ring":[{"id":"a","madeAt":0,"sealed":\
            "\(Data(repeating: 0, count: 60).base64EncodedString())"}]}
            """
        try folder.overwrite(KeyFile.name, with: Array(text.utf8))
        #expect(throws: StoreError.keyDamaged) { try StoreKey.open(in: folder.path, passphrase: "p") }
        #expect(throws: StoreError.self) {
            try StoreKeys(in: try DataFolder().path, clock: SteppedClock()).create(
                under: secret("p"), lock: .passphrase(Argon2id.Cost(memoryKiB: memoryKiB, passes: passes)))
        }
    }

    @Test(
        "a file of version 1 that asks for absurd work is refused as well",
        arguments: [(1 << 40, 8, 1), (1025, 8, 1), (0, 8, 1), (-1, 8, 1), (1024, 1 << 30, 1), (1024, 8, 1 << 30)])
    func absurdVersion1(rounds: Int, blockSize: Int, parallelism: Int) throws {
        let text = """
            {"version":1,"kdf":"scrypt","cost":{"rounds":\(rounds),"blockSize":\(blockSize),\
            "parallelism":\(parallelism)},"salt":"AAAAAAAAAAAAAAAAAAAAAA==","sealed":"AAAA"}
            """
        try folder.overwrite(KeyFile.name, with: Array(text.utf8))
        #expect(throws: StoreError.keyDamaged) { try StoreKey.open(in: folder.path, passphrase: "p") }
    }

    @Test("says of itself what it is locked by, and needs no passphrase for it")
    func status() throws {
        let keys = keys(InMemoryMachineSafe())
        #expect(throws: StoreError.keyMissing) { try keys.status() }
        _ = try keys.create(under: secret("p"), lock: .machine(.least, measurements: [0]))
        let status = try keys.status()
        #expect(status.version == 3 && status.lock == .machine && status.cost == .least)
        #expect(status.slot?.measurements == [0] && status.lockedAt == .noon && !status.isRotating)
        #expect(status.keys.count == 1 && status.keys.first?.madeAt == .noon)
        #expect(status.chip == InMemoryMachineSafe().name() && status.cardSlot == nil && !status.holdsChipAuthority)
    }

    @Test("the secret parts of a file differ from one to the next")
    func fresh() throws {
        let files = try (0..<4).map { _ in
            let folder = try DataFolder()
            _ = try StoreKey.create(in: folder.path, passphrase: "p")
            return try KeyFile(try #require(try folder.files()[KeyFile.name]))
        }
        #expect(Set(files.map(\.lock.salt)).count == 4 && Set(files.map { $0.ring[0].sealed }).count == 4)
    }
}
