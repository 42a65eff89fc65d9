import EnrolmentCore
import Foundation
import Testing

@testable import OfflineCache

/// A `store.key` and a record as the first release wrote them; made by Python's hashlib and cryptography.
enum FirstRelease {
    static let passphrase = "zin één"
    static let key = (0..<32).map { UInt8($0) }
    static let file = #"""
        {"version":1,"kdf":"scrypt","cost":{"rounds":1024,"blockSize":8,"parallelism":1},
        "salt":"EBESExQVFhcYGRobHB0eHw==",
        "sealed":"QEFCQ0RFRkdISUpLIMhfJ0wW+Ih9JDKGTJaxAFgWe1Fdu5drkP2MPEeK0vWGF53uukFa709gmPBmSejF"}
        """#
    /// "sample" as draft/case-1@3.
    static let record = """
        6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283404142434445464748494a4be8da157cddb3b63a29\
        9e1cb16c060ea40bf998328105
        """
}

@Suite("A key file of the first release")
struct KeyFileVersion1Tests {
    /// With a store that was made under the same key.
    private func bench() async throws -> KeyBench {
        let bench = KeyBench(folder: try DataFolder())
        try bench.folder.overwrite(KeyFile.name, with: Array(FirstRelease.file.utf8))
        let key = try bench.keys().open(with: secret(FirstRelease.passphrase))
        try SealedRecordFile.kit.write(KeyBench.bundle, in: bench.folder.path, under: key)
        let store = try await Store.open(
            folder: bench.folder.path, kit: .real, sealing: Vault(key), clock: bench.clock
        ).store
        _ = try await store.drafts.save(KeyBench.draft, for: KeyBench.caseID, in: VisitID("v1"), after: 0)
        store.close()
        return bench
    }

    @Test("opens as others made it, and so does a record under its key")
    func independent() throws {
        let folder = try DataFolder()
        try folder.overwrite(KeyFile.name, with: Array(FirstRelease.file.utf8))
        let key = try StoreKey.open(in: folder.path, passphrase: FirstRelease.passphrase)
        #expect(key.ring.all.first?.key.withBytes { Array($0) } == FirstRelease.key)
        let record = stride(from: 0, to: FirstRelease.record.count, by: 2).compactMap { place in
            UInt8(FirstRelease.record.dropFirst(place).prefix(2), radix: 16)
        }
        let name = RecordName(table: "draft", id: "case-1", revision: 3)
        #expect(try Vault(key).open(record, as: name) == Array("sample".utf8))
        #expect(throws: StoreError.wrongPassphrase) { try StoreKey.open(in: folder.path, passphrase: "een gok") }
    }

    @Test("is one of version 3 after the first opening, under the same passphrase and the same key")
    func upgraded() async throws {
        let bench = try await bench()
        #expect(try bench.keys().status().version == 1)
        for _ in 0..<2 {
            let (store, key) = try await bench.open(FirstRelease.passphrase)
            #expect(key.isSettled && key.ring.all.first?.key.withBytes { Array($0) } == FirstRelease.key)
            #expect(try await store.drafts.draft(of: KeyBench.caseID)?.content == KeyBench.draft)
            store.close()
            #expect(try bench.keys().status().version == 3 && bench.keys().status().cost == .least)
        }
        #expect(throws: StoreError.wrongPassphrase) { try bench.keys().open(with: secret("een gok")) }
    }

    @Test("the upgrade can be cut at every step, and fail at every step, and the next opening does it")
    func everyCut() async throws {
        let bench = try await bench()
        let whole = try bench.copy()
        let cuts = KeyCuts(whole)
        try await whole.open(FirstRelease.passphrase, probe: cuts.probe).store.close()
        let steps = cuts.all.filter { $0.step.operation == .upgradeKey }
        #expect(steps.map(\.step.moment) == [.fileWritten, .fileSynced, .fileRenamed, .folderSynced])
        for (step, cut) in steps {
            try await expectUpgrades(cut, "\(step)")
            let failing = try bench.copy()
            await #expect(throws: StoreError.diskFull) {
                try await failing.open(
                    FirstRelease.passphrase,
                    probe: StorageProbe { found throws(StoreError) in if found == step { throw .diskFull } })
            }
            try await expectUpgrades(failing, "failed at \(step)")
        }
    }

    private func expectUpgrades(_ bench: KeyBench, _ label: String) async throws {
        let (store, key) = try await bench.open(FirstRelease.passphrase)
        #expect(key.isSettled, "\(label)")
        #expect(try await store.drafts.draft(of: KeyBench.caseID)?.content == KeyBench.draft, "\(label)")
        store.close()
    }
}
