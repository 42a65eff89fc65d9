import EnrolmentCore
import Foundation
import Testing

@testable import OfflineCache

@Suite("A database that is gone")
struct StoreRemainsTests {
    /// What can become of the database file; SQLite's log goes with it, but where it says otherwise.
    enum Loss: CaseIterable { case removed, emptied, emptiedBesideItsLog, replacedByAnEmptyOne }

    @Test("is missed by what store.key says, and nothing is made in its place", arguments: Loss.allCases)
    func lost(loss: Loss) async throws {
        let bench = try await stated()
        try await lose(loss, in: bench)
        let before = try names(bench.folder)
        await #expect(throws: StoreError.storeMissing(packets: 0)) { try await bench.open() }
        #expect(try names(bench.folder) == before)
        // And by whoever opens it again.
        await #expect(throws: StoreError.storeMissing(packets: 0)) { try await bench.open() }
    }

    @Test("is missed by the packets that lie there, whatever store.key says", arguments: Loss.allCases)
    func packets(loss: Loss) async throws {
        let bench = try await KeyBench.filled()
        #expect(try KeyFile(bench.keys().read()).hasStore == nil, "as an earlier program left it")
        let packet = try await seal(in: bench)
        try await lose(loss, in: bench)
        await #expect(throws: StoreError.storeMissing(packets: 1)) { try await opened(bench) }
        #expect(try PacketRescue(from: bench.folder.path).packets.map(\.id) == [packet])
        try FileManager.default.removeItem(atPath: "\(bench.folder.path)/store.key")
        guard loss == .removed else { return }
        #expect(throws: StoreError.storeMissing(packets: 1)) {
            try bench.keys().create(under: secret(KeyBench.passphrase), lock: .passphrase(.least))
        }
    }

    @Test("is missed by the log that it left, before SQLite would delete that")
    func log() async throws {
        let bench = try await KeyBench.filled()
        let path = "\(bench.folder.path)/\(Store.databaseName)"
        try FileManager.default.removeItem(atPath: path)
        try bench.folder.overwrite("\(Store.databaseName)-wal", with: [1, 2, 3])
        await #expect(throws: StoreError.storeMissing(packets: 0)) { try await opened(bench) }
        #expect(try bench.folder.files()["\(Store.databaseName)-wal"] == [1, 2, 3])
    }

    @Test("opens again where it is put back")
    func putBack() async throws {
        let bench = try await stated()
        let whole = try #require(try bench.folder.files()[Store.databaseName])
        try await lose(.removed, in: bench)
        await #expect(throws: StoreError.storeMissing(packets: 0)) { try await bench.open() }
        try bench.folder.overwrite(Store.databaseName, with: whole)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: "\(bench.folder.path)/\(Store.databaseName)")
        try await bench.expectWhole()
    }

    @Test("the first opening can be cut at every step: the next one opens the kit, and then the key says so")
    func everyCut() async throws {
        let bench = KeyBench(folder: try DataFolder())
        let key = try bench.keys().create(under: secret(KeyBench.passphrase), lock: .passphrase(.least))
        try SealedRecordFile.kit.write(KeyBench.bundle, in: bench.folder.path, under: key)
        let cuts = FolderCuts(bench)
        try await bench.open(probe: cuts.probe).store.close()
        #expect(cuts.all.count > 10)
        for (number, cut) in cuts.all.enumerated() {
            try await cut.open().store.close()
            #expect(try KeyFile(cut.keys().read()).hasStore == true, "cut \(number)")
            await #expect(throws: StoreError.storeMissing(packets: 0), "cut \(number)") {
                try await lose(.removed, in: cut)
                _ = try await cut.open()
            }
        }
    }

    @Test("what store.key says of it outlives a new key, a new lock and new cards")
    func rewritten() async throws {
        let bench = try await KeyBench.filled(.machine(.least, measurements: [7]), cards: [1])
        let (store, key) = try await bench.open()
        var changed = try await bench.keys().rotate(key, of: store, under: secret("a"))
        #expect(try KeyFile(bench.keys().read()).hasStore == true)
        changed = try await bench.keys().relock(changed, of: store, under: secret("b"), lock: .passphrase(.least))
        #expect(changed.isSettled)
        store.close()
        #expect(try KeyFile(bench.keys().read()).hasStore == true)
    }

    @Test("what store.key says of it cannot be taken out")
    func takenOut() async throws {
        let bench = try await stated()
        let text = String(decoding: try bench.keys().read(), as: UTF8.self)
        let without = text.replacing(#""hasStore":true,"#, with: "")
        #expect(without != text)
        try bench.folder.overwrite(KeyFile.name, with: Array(without.utf8))
        #expect(throws: StoreError.keyDamaged) { try bench.keys().open(with: secret(KeyBench.passphrase)) }
    }

    /// One whose key says that there is a store, as after the first opening.
    private func stated() async throws -> KeyBench {
        let bench = try await KeyBench.filled()
        try await bench.open().store.close()
        #expect(try KeyFile(bench.keys().read()).hasStore == true)
        return bench
    }

    private func opened(_ bench: KeyBench) async throws {
        let vault = Vault(try bench.keys().open(with: secret(KeyBench.passphrase)))
        try await Store.open(folder: bench.folder.path, kit: .real, sealing: vault, clock: bench.clock).store.close()
    }

    private func seal(in bench: KeyBench) async throws -> PacketID {
        let vault = Vault(try bench.keys().open(with: secret(KeyBench.passphrase)))
        let store = try await Store.open(
            folder: bench.folder.path, kit: .real, sealing: vault, clock: bench.clock
        ).store
        defer { store.close() }
        return try await store.sealPacket("c1", signatures: Signatures()).id
    }

    private func lose(_ loss: Loss, in bench: KeyBench) async throws {
        let path = "\(bench.folder.path)/\(Store.databaseName)"
        for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
        switch loss {
        case .removed: try FileManager.default.removeItem(atPath: path)
        case .emptied: try bench.folder.overwrite(Store.databaseName, with: [])
        case .emptiedBesideItsLog:
            try bench.folder.overwrite(Store.databaseName, with: [])
            try bench.folder.overwrite("\(Store.databaseName)-wal", with: [1, 2, 3])
        case .replacedByAnEmptyOne:
            // With every table, and no row: as one that another program began to make.
            let other = try DataFolder()
            let cuts = FolderCuts(KeyBench(folder: other))
            _ = try? await Store.open(
                folder: other.path, kit: .real, sealing: PlainRecordSealing(), clock: bench.clock,
                probe: cuts.failing(at: .rowsWritten))
            let file = try #require(try other.files()[Store.databaseName])
            try bench.folder.overwrite(Store.databaseName, with: file)
        }
    }

    private func names(_ folder: DataFolder) throws -> [String] {
        try folder.files().keys.filter { !$0.hasSuffix("-shm") }.sorted()
    }
}
