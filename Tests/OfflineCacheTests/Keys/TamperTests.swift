import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import StationTestSupport
import Testing

@testable import OfflineCache

/// The small size of T6; `vault-campaign tamper` turns bits by the ten thousand.
@Suite("Flipped bits")
struct TamperTests {
    private static let seed: UInt64 = 66

    @Test("store.key: each byte is noticed, or without effect on the key", arguments: KeyRotationTests.locks)
    func keyFile(lock: LockWish) throws {
        let bench = KeyBench(folder: try DataFolder(), safe: InMemoryMachineSafe(limit: .max))
        let whole = try bench.keys().create(under: secret("p"), lock: lock).ring.all[0].key.withBytes { Array($0) }
        var refused = 0
        try flip(KeyFile.name, in: bench) { place in
            guard let key = try? bench.keys().open(with: secret("p")) else {
                refused += 1
                return
            }
            #expect(key.ring.all.map { $0.key.withBytes { Array($0) } } == [whole], "seed \(Self.seed), byte \(place)")
        }
        #expect(refused > 300)
    }

    @Test("kit.sealed: each byte is noticed")
    func bundle() throws {
        let bench = KeyBench(folder: try DataFolder())
        let key = try bench.keys().create(under: secret("p"), lock: .passphrase(.least))
        try SealedRecordFile.kit.write(KeyBench.bundle, in: bench.folder.path, under: key)
        try flip("kit.sealed", in: bench) { place in
            #expect(throws: StoreError.self, "seed \(Self.seed), byte \(place)") {
                try SealedRecordFile.kit.read(in: bench.folder.path, under: key)
            }
        }
    }

    @Test("the database: what is sealed is refused or as it was, and nothing crashes")
    func database() async throws {
        let bench = try await KeyBench.filled()
        let vault = Vault(try bench.keys().open(with: secret(KeyBench.passphrase)))
        let path = "\(bench.folder.path)/\(Store.databaseName)"
        let whole = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var generator = SeededGenerator(seed: Self.seed)
        var (read, refused) = (0, 0)
        for _ in 0..<120 {
            let place = Int.random(in: whole.indices, using: &generator)
            var changed = whole
            changed[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            for name in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + name) }
            try Data(changed).write(to: URL(filePath: path))
            do {
                let store = try await Store.open(
                    folder: bench.folder.path, kit: .real, sealing: vault, clock: bench.clock
                ).store
                defer { store.close() }
                let draft = try await store.drafts.draft(of: KeyBench.caseID)
                #expect(draft == nil || draft?.content == KeyBench.draft, "seed \(Self.seed), byte \(place)")
                let visits = try await store.visits.all()
                #expect(visits.allSatisfy { $0 == .example }, "seed \(Self.seed), byte \(place)")
                read += 1
            } catch {
                refused += 1
            }
        }
        #expect(read > 0 && refused > 0)
    }

    private func flip(_ name: String, in bench: KeyBench, _ look: (Int) throws -> Void) throws {
        let whole = try #require(try bench.folder.files()[name])
        var generator = SeededGenerator(seed: Self.seed)
        for place in whole.indices {
            var changed = whole
            changed[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            try bench.folder.overwrite(name, with: changed)
            try look(place)
        }
        try bench.folder.overwrite(name, with: whole)
    }
}
