import CSQLiteMemory
import EnrolmentCore
import Foundation
import GRDB
import Testing

@testable import OfflineCache

/// Memory is the whole program's: each of these runs in a process of its own.
@Suite("A machine without memory")
struct MemoryReserveTests {
    private static let (caseID, visitID) = (CaseID("c1"), VisitID("v"))

    @Test("what has begun is done wholly, what comes next is refused by name, and all goes on once there is memory")
    func oneOperation() async throws {
        let folder = try DataFolder()
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let store = try await StoreMaker(DataFolder(borrowing: path)).open()
            let content = patternedBytes(200_000, seed: 8)
            _ = try await store.drafts.save([1], for: Self.caseID, in: Self.visitID, after: 0)
            _ = MemoryReserve.takeFigures()
            csqlitememory_pretend_shortage(true)
            let saved = try await store.drafts.save(content, for: Self.caseID, in: Self.visitID, after: 1)
            #expect(saved == 2)
            for _ in 0..<3 {
                let error = await #expect(throws: StoreError.memoryShort) { try await store.drafts.cases() }
                #expect(error?.code.text == "store.memoryShort")
                await #expect(throws: StoreError.memoryShort) {
                    try await store.drafts.save([2], for: Self.caseID, in: Self.visitID, after: 2)
                }
            }
            let figures = MemoryReserve.takeFigures()
            #expect(figures.mostReserved > content.count && figures.refusals == 0)
            csqlitememory_pretend_shortage(false)
            #expect(try await store.drafts.draft(of: Self.caseID)?.content == content)
            #expect(try await store.drafts.save([2], for: Self.caseID, in: Self.visitID, after: 2) == 3)
            try await store.check()
            store.close()
        }
    }

    @Test("a draft that is larger than the reserve is refused before it is begun, where there is no memory for it")
    func largeDraft() async throws {
        let folder = try DataFolder()
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let store = try await StoreMaker(DataFolder(borrowing: path)).open()
            _ = try await store.drafts.save([1], for: Self.caseID, in: Self.visitID, after: 0)
            let large = [UInt8](repeating: 7, count: MemoryReserve.byteCount)
            csqlitememory_pretend_shortage(true)
            await #expect(throws: StoreError.memoryShort) {
                try await store.drafts.save(large, for: Self.caseID, in: Self.visitID, after: 1)
            }
            #expect(!csqlitememory_is_touched())
            csqlitememory_pretend_shortage(false)
            #expect(try await store.drafts.save(large, for: Self.caseID, in: Self.visitID, after: 1) == 2)
            // From now on there is as much for the next.
            csqlitememory_pretend_shortage(true)
            #expect(try await store.drafts.save(large, for: Self.caseID, in: Self.visitID, after: 2) == 3)
            #expect(MemoryReserve.takeFigures().refusals == 0)
            csqlitememory_pretend_shortage(false)
            #expect(try await store.drafts.draft(of: Self.caseID)?.content == large)
            store.close()
        }
    }

    @Test(
        "a draft that is larger than the reserve is not read either, by whatever reads it, until there is memory for it"
    )
    func largeDraftRead() async throws {
        let folder = try DataFolder()
        // The program that saved it has put as much aside, another has not.
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let store = try await StoreMaker(DataFolder(borrowing: path)).open()
            let large = [UInt8](repeating: 7, count: MemoryReserve.byteCount)
            _ = try await store.drafts.save(large, for: Self.caseID, in: Self.visitID, after: 0)
            store.close()
        }
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let sealing = Vault(try StoreKey.existing(in: path))
            let store = try await StoreMaker(DataFolder(borrowing: path), sealing: sealing).open()
            csqlitememory_pretend_shortage(true)
            await #expect(throws: StoreError.memoryShort) { try await store.drafts.draft(of: Self.caseID) }
            await #expect(throws: StoreError.memoryShort) { try await store.check() }
            #expect(MemoryReserve.takeFigures().refusals == 0)
            csqlitememory_pretend_shortage(false)
            #expect(try await store.drafts.draft(of: Self.caseID)?.content.count == MemoryReserve.byteCount)
            try await store.check()
            store.close()
        }
    }

    @Test("shortages without end take no more memory each time")
    func manyShortages() async throws {
        let folder = try DataFolder()
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let store = try await StoreMaker(DataFolder(borrowing: path)).open()
            for revision in 0..<50 {
                csqlitememory_pretend_shortage(true)
                let saved = try await store.drafts.save(
                    patternedBytes(1000 * revision, seed: 9), for: Self.caseID, in: Self.visitID, after: revision)
                #expect(saved == revision + 1)
                csqlitememory_pretend_shortage(false)
                _ = try await store.drafts.cases()
            }
            #expect(csqlitememory_reserves() <= 3)
            store.close()
        }
    }

    @Test("a store that is opened while there is no memory is refused by name, and opens once there is")
    func opening() async throws {
        let folder = try DataFolder()
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let maker = try StoreMaker(DataFolder(borrowing: path))
            csqlitememory_pretend_shortage(true)
            await #expect(throws: StoreError.memoryShort) { try await maker.open() }
            csqlitememory_pretend_shortage(false)
            try await maker.open().close()
        }
    }

    @Test("a store that is closed while there is no memory leaves the rest to its next opening")
    func closing() async throws {
        let folder = try DataFolder()
        await #expect(processExitsWith: .exitCode(0)) { [path = folder.path as String] in
            let maker = try StoreMaker(DataFolder(borrowing: path))
            let store = try await maker.open()
            csqlitememory_pretend_shortage(true)
            _ = try await store.drafts.save([1, 2], for: Self.caseID, in: Self.visitID, after: 0)
            store.close()
            csqlitememory_pretend_shortage(false)
            let again = try await maker.open()
            #expect(try await again.drafts.draft(of: Self.caseID)?.content == [1, 2])
            again.close()
        }
    }

    @Test("SQLite asks for its memory here, whatever has used it before")
    func installed() { #expect(csqlitememory_is_installed()) }
}
