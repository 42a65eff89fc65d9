import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Testing

@testable import OfflineCache

@Suite("Destroying the keys")
struct ErasureTests {
    static let locks: [LockWish] = [.passphrase(.least), .machine(.least, measurements: [7])]
    private let signingKey = KitSigningKey()

    private func erase(_ bench: KeyBench, probe: StorageProbe = .none) async throws -> ErasureStatement {
        let (store, key) = try await bench.open(probe: probe)
        defer { store.close() }
        return try await bench.keys(probe: probe).erase(
            key, of: store, with: secret(KeyBench.passphrase), known: [KeyBench.bundle, KeyBench.draft],
            sign: { [signingKey] statement throws(StatementError) in try ErasureSigner(key: signingKey).sign(statement)
            })
    }

    @Test(
        "leaves nothing that opens, says so under the kit's signature, and what it says was looked for",
        arguments: locks)
    func whole(lock: LockWish) async throws {
        let bench = try await KeyBench.filled(lock)
        try await bench.open().store.close()
        let digest = sha256Text(try bench.keys().read())
        let statement = try await erase(bench)
        #expect(statement.isProof && statement.kit == Kit.real.id && statement.keyFileDigest == digest)
        #expect(statement.draftsLost == 1 && statement.visitsLost == 1 && statement.packetsKept == 0)
        let proof = try #require(statement.proof)
        // store.key and kit.sealed were found by the same search while they were there.
        #expect(proof.foundBefore == 2 && proof.found == 0 && proof.bytesSearched > 4096)
        #expect(proof.passphraseRefused == "store.erased")
        #expect(proof.machineRefused == (lock.kind == .machine ? "unknownSlot" : nil))
        #expect(bench.safe.slotCount == 0)
        let files = try bench.folder.files()
        #expect(files[KeyFile.name] == nil && files["kit.sealed"] == nil)
        #expect(throws: StoreError.erased) { try bench.keys().open(with: secret(KeyBench.passphrase)) }
        let record = try #require(ErasureRecord(files[ErasureRecord.fileName] ?? []))
        #expect(try ErasureVerifier(keys: [signingKey.verifyingKey]).verify(record.statement) == statement)
        #expect(throws: StatementError.unknownKey) {
            try ErasureVerifier(keys: [KitSigningKey().verifyingKey]).verify(record.statement)
        }
    }

    @Test("a copy from before opens no more under a machine lock, and still does under a passphrase", arguments: locks)
    func copyFromBefore(lock: LockWish) async throws {
        let bench = try await KeyBench.filled(lock)
        let copy = KeyBench(folder: try bench.folder.copy(), safe: bench.safe)
        _ = try await erase(bench)
        if lock.kind == .machine {
            #expect(throws: StoreError.machineChanged(.unknownSlot)) {
                try copy.keys().open(with: secret(KeyBench.passphrase))
            }
        } else {
            try await copy.expectWhole()
        }
    }

    @Test("takes the cards' way in with it: from a copy of before no card opens, and the statement names both places")
    func cards() async throws {
        let bench = try await KeyBench.filled(Self.locks[1], cards: [1, 2])
        let copy = KeyBench(folder: try bench.folder.copy(), safe: bench.safe)
        let status = try bench.keys().status()
        let cuts = KeyCuts(bench)
        let statement = try await erase(bench, probe: cuts.probe)
        #expect(statement.isProof)
        #expect(Set(statement.machineSlots) == [status.slot?.index, status.cardSlot?.index])
        #expect(bench.safe.slotCount == 0)
        #expect(throws: StoreError.machineChanged(.unknownSlot)) { try copy.key(byCard: 1) }
        for cut in cuts.all {
            guard try cut.bench.folder.files()[ErasureRecord.fileName] != nil else { continue }
            _ = try cut.bench.keys().finishErasure()
            #expect(cut.bench.safe.slotCount == 0, "\(cut.step)")
        }
    }

    @Test("is finished without a database too, and none is made for it")
    func withoutDatabase() async throws {
        let bench = try await KeyBench.filled()
        let cuts = KeyCuts(bench)
        _ = try await erase(bench, probe: cuts.probe)
        let cut = try #require(
            try cuts.all.first { try $0.bench.folder.files()[ErasureRecord.fileName] != nil }?.bench)
        try FileManager.default.removeItem(atPath: "\(cut.folder.path)/\(Store.databaseName)")
        #expect(try cut.keys().finishErasure()?.stage == .begun)
        let files = try cut.folder.files()
        #expect(files[Store.databaseName] == nil && files[KeyFile.name] == nil)
    }

    @Test("packets with their manifests, and the journal, stay as they were")
    func kept() async throws {
        let bench = try await KeyBench.filled()
        let (store, _) = try await bench.open()
        let packet = try await store.sealPacket("case-9", signatures: Signatures())
        store.close()
        let before = try bench.folder.files()
        let statement = try await erase(bench)
        #expect(statement.packetsKept == 1 && statement.packetsWaiting == 1)
        let files = try bench.folder.files()
        let name = "packets/\(packet.id).age"
        #expect(files[name] != nil && files[name] == before[name])
        let database = try DatabaseQueue(path: "\(bench.folder.path)/store.sqlite")
        try await database.read { database in
            #expect(try String.fetchOne(database, sql: "SELECT manifest FROM packet") == packet.manifest)
            try Journal.verify(database)
            #expect(try String.fetchAll(database, sql: "SELECT event FROM journal").last == "erased")
            for column in SealedColumn.all where column.table != "store_mark" {
                #expect(try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(column.table)") == 0)
            }
        }
        try database.close()
    }

    @Test("once it is announced nothing opens, wherever it is cut, and it can be finished", arguments: locks)
    func everyCut(lock: LockWish) async throws {
        let bench = try await KeyBench.filled(lock)
        let cuts = KeyCuts(bench)
        _ = try await erase(bench, probe: cuts.probe)
        var finished = 0
        for (number, cut) in cuts.all.enumerated() {
            let label = "cut \(number) at \(cut.step)"
            guard let announced = try cut.bench.folder.files()[ErasureRecord.fileName] else {
                try await cut.bench.expectWhole(KeyBench.passphrase, label)
                continue
            }
            #expect(throws: StoreError.erased, "\(label)") {
                try cut.bench.keys().open(with: secret(KeyBench.passphrase))
            }
            let statement = try cut.bench.keys().finishErasure()
            #expect(
                try statement
                    == ErasureVerifier(keys: [signingKey.verifyingKey]).verify(
                        try #require(ErasureRecord(announced)).statement), "\(label)")
            #expect(cut.bench.safe.slotCount == 0, "\(label)")
            let files = try cut.bench.folder.files()
            #expect(files.keys.allSatisfy { !$0.hasPrefix(KeyFile.name) && !$0.hasPrefix("kit.sealed") }, "\(label)")
            finished += 1
        }
        #expect(finished > 8)
    }

    @Test("a key that still lies somewhere is found, and the statement is no proof then")
    func leftBehind() async throws {
        let bench = try await KeyBench.filled()
        let key = try bench.keys().open(with: secret(KeyBench.passphrase)).ring.all[0].key.withBytes { Array($0) }
        for (form, text) in [
            ("raw", [1, 2] + key + [3]),
            ("hex", Array(key.map { String(UInt8($0), radix: 16).leftPadded }.joined().utf8)),
            ("base64", Array(Data([7] + key + [9]).base64EncodedString().utf8)),
        ] {
            let copy = try bench.copy()
            try copy.folder.overwrite("notes.txt", with: [UInt8](repeating: 0x20, count: 65_520) + text)
            let statement = try await erase(copy)
            #expect(statement.proof?.found == 1 && !statement.isProof, "\(form)")
        }
    }

    @Test("a statement with any byte changed is not believed")
    func tampered() async throws {
        let bench = try await KeyBench.filled()
        _ = try await erase(bench)
        let bytes = try #require(try bench.folder.files()[ErasureRecord.fileName])
        let whole = try #require(ErasureRecord(bytes))
        let verifier = ErasureVerifier(keys: [signingKey.verifyingKey])
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 1 << UInt8(place % 8)
            guard let record = ErasureRecord(changed), record != whole else { continue }
            #expect(throws: StatementError.self, "byte \(place)") { try verifier.verify(record.statement) }
        }
    }
}

extension String {
    /// Two digits.
    fileprivate var leftPadded: String { count == 1 ? "0" + self : self }
}
