import EnrolmentCore
import Foundation
import Testing

@testable import OfflineCache

@Suite("A chip that limits guesses")
struct ChipProtectionTests {
    private static let lock = LockWish.machine(.least, measurements: [])

    private func protect(_ bench: KeyBench, probe: StorageProbe = .none) async throws -> ChipProtection {
        let (store, key) = try await bench.open(probe: probe)
        defer { store.close() }
        return try await bench.keys(probe: probe).protectChip(key, of: store).protection
    }

    @Test("is told a limit once, by an authority that lies under the store key and that rotation keeps")
    func ours() async throws {
        let bench = try await KeyBench.filled(Self.lock)
        #expect(try bench.keys().protection()?.limit.isClosed == false)
        let protection = try await protect(bench)
        #expect(protection.isOurs && protection.limit.isClosed && protection.limit.most == 32)
        let authority = try #require(bench.safe.authority)
        #expect(try bench.keys().protection()?.isOurs == true)
        let text = String(decoding: try bench.keys().read(), as: UTF8.self)
        #expect(!text.contains(Data(authority).base64EncodedString()))
        // A wrong one counts; who has opened the kit sets the count back.
        #expect(throws: StoreError.wrongPassphrase) { try bench.keys().open(with: secret("een gok")) }
        #expect(try await protect(bench).limit.wrong == 0)
        let (store, key) = try await bench.open()
        _ = try await bench.keys().rotate(key, of: store, under: secret(KeyBench.passphrase))
        store.close()
        #expect(try await protect(bench).isOurs && bench.safe.authority == authority)
        try await bench.expectWhole()
    }

    @Test("that another owner has set a limit on is left as it is")
    func another() async throws {
        let bench = try await KeyBench.filled(Self.lock)
        bench.safe.own()
        let protection = try await protect(bench)
        #expect(!protection.isOurs && protection.limit.isClosed && protection.limit.most == 5)
        #expect(try !bench.keys().status().holdsChipAuthority)
    }

    @Test("can be protected after a power cut at any step, by the authority that was written first")
    func everyCut() async throws {
        let bench = try await KeyBench.filled(Self.lock)
        let cuts = KeyCuts(bench)
        _ = try await protect(bench, probe: cuts.probe)
        #expect(cuts.all.count >= 4)
        for cut in cuts.all {
            #expect(cut.bench.safe.authority == nil)
            #expect(try await protect(cut.bench).isOurs, "\(cut.step)")
            try await cut.bench.expectWhole(KeyBench.passphrase, "\(cut.step)")
        }
    }

    @Test("is nothing that a lock by passphrase alone has")
    func passphrase() async throws {
        let bench = try await KeyBench.filled(.passphrase(.least))
        #expect(try bench.keys().protection() == nil)
        await #expect(throws: StoreError.machineChanged(.absent)) { try await protect(bench) }
    }
}
