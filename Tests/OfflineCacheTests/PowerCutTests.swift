import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Synchronization
import Testing

@testable import OfflineCache

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Power cuts")
struct PowerCutTests {
    @Test("whatever the step at which the disk stops, nothing is lost, doubled or half there, and the day goes on")
    func everyStep() async throws {
        let scene = try Scene()
        let snapshots = Snapshots(of: scene)
        let store = try await scene.maker.open(probe: snapshots.probe)
        try await scene.day.run(on: store)
        store.close()
        let taken = snapshots.taken
        #expect(taken.count > 60)
        #expect(Set(taken.map(\.step.operation)).count >= 12)
        for (index, cut) in taken.enumerated() {
            let label = "step \(index) \(cut.step)"
            let maker = scene.maker.over(cut.store)
            let (reopened, recovery) = try await maker.openReporting()
            let inquest = try await Inquest(reopened, acknowledged: cut.acknowledged)
            #expect(inquest.isClean, "\(label): \(inquest)")
            #expect(recovery.conflicts.isEmpty && recovery.unknownFiles.isEmpty, "\(label): \(recovery)")
            try await reopened.check()
            let day = scene.day(under: cut.reception, ledger: Ledger(path: "\(cut.reception.path)/acknowledged"))
            try await day.run(on: reopened)
            try await expectFinished(reopened, maker.folder, label)
            reopened.close()
        }
    }

    @Test("whatever the step that fails, the error is named, nothing is lost, and the day goes on in the same program")
    func everyFailure() async throws {
        let count = try await steps()
        for failing in 0..<count {
            let scene = try Scene()
            let counter = Mutex(0)
            let probe = StorageProbe { _ throws(StoreError) in
                let now = counter.withLock { count in
                    defer { count += 1 }
                    return count
                }
                if now == failing { throw .diskFull }
            }
            let label = "failure at step \(failing)"
            var opened: Store?
            for _ in 0..<2 where opened == nil {
                do {
                    opened = try await scene.maker.open(probe: probe)
                } catch {
                    #expect(error as? StoreError == .diskFull, "\(label)")
                }
            }
            let store = try #require(opened)
            var failures = 0
            for _ in 0..<2 {
                do {
                    try await scene.day.run(on: store)
                    break
                } catch {
                    #expect(error as? StoreError == .diskFull, "\(label)")
                    failures += 1
                    // The claim of an attempt that failed is open; a sync ends it when it begins.
                    try await store.packets.endAbandonedAttempts()
                }
            }
            #expect(failures <= 1, "\(label)")
            try await expectFinished(store, scene.maker.folder, label)
            store.close()
        }
    }

    @Test("a process killed at any step leaves a store that opens and goes on")
    func killed() async throws {
        let count = try await steps()
        // Every third step: a process each.
        for step in stride(from: 0, to: count, by: 3) {
            let scene = try Scene()
            let (path, reception) = (scene.maker.folder.path, scene.reception.path)
            let keys = [scene.signatures.kitKey.raw, scene.signatures.receiptKey.raw]
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, reception = reception as String, keys = keys as [[UInt8]], step = step as Int]
                in
                try await Scene.runUntilKilled(store: path, reception: reception, keys: keys, at: step)
            }
            let (store, recovery) = try await scene.maker.openReporting()
            let inquest = try await Inquest(store, acknowledged: scene.day.ledger.lines)
            #expect(inquest.isClean, "killed at step \(step): \(inquest)")
            #expect(recovery.conflicts.isEmpty && recovery.unknownFiles.isEmpty, "killed at step \(step)")
            try await scene.day.run(on: store)
            try await expectFinished(store, scene.maker.folder, "killed at step \(step)")
            store.close()
        }
    }

    @Test("a packet whose file has gone or shrunk is put aside under a name, and the others go on")
    func missingFile() async throws {
        let scene = try Scene()
        let store = try await scene.maker.open()
        let gone = try await store.sealPacket("c1", signatures: scene.signatures)
        let shrunk = try await store.sealPacket("c2", signatures: scene.signatures)
        let whole = try await store.sealPacket("c3", signatures: scene.signatures)
        store.close()
        let folder = scene.maker.folder
        try FileManager.default.removeItem(atPath: "\(folder.path)/packets/\(gone.fileName)")
        try folder.overwrite("packets/\(shrunk.fileName)", with: [1])
        try folder.overwrite("packets/note.txt", with: [1])
        let (reopened, recovery) = try await scene.maker.openReporting()
        #expect(recovery.conflicts == [gone.id, shrunk.id])
        #expect(recovery.unknownFiles == ["note.txt"])
        #expect(try await reopened.packets.packet(gone.id).problem == .fileMissing)
        #expect(try await reopened.packets.packet(shrunk.id).problem == .fileSizeWrong)
        #expect(try await reopened.packets.claimNext()?.packet.id == whole.id)
        await #expect(throws: StoreError.packetDamaged(gone.id, .fileMissing)) {
            try await reopened.packets.retry(gone.id, by: OfficerID("o-1"))
        }
        reopened.close()
    }

    @Test("a packet that lies on the disk and that an older database does not know is left alone")
    func rolledBackDatabase() async throws {
        let scene = try Scene()
        let store = try await scene.maker.open()
        let older = try scene.maker.folder.copy()
        let packet = try await store.sealPacket("c1", signatures: scene.signatures)
        store.close()
        let file = try #require(try scene.maker.folder.files()["packets/\(packet.fileName)"])
        try older.overwrite("packets/\(packet.fileName)", with: file)
        let (reopened, recovery) = try await scene.maker.over(older).openReporting()
        #expect(recovery.unknownFiles == [packet.fileName])
        #expect(try older.files()["packets/\(packet.fileName)"] == file)
        reopened.close()
    }

    private func steps() async throws -> Int {
        let scene = try Scene()
        let snapshots = Snapshots(of: scene, copying: false)
        let store = try await scene.maker.open(probe: snapshots.probe)
        try await scene.day.run(on: store)
        store.close()
        return snapshots.count
    }

    private func expectFinished(_ store: Store, _ folder: DataFolder, _ label: String) async throws {
        let packets = try await store.packets.packets()
        #expect(packets.map(\.state) == [.purged, .purged], "\(label)")
        #expect(packets.map(\.sequence) == [1, 2], "\(label)")
        #expect(Set(packets.map(\.caseID.text)) == Set(Day.cases), "\(label)")
        #expect(try await store.drafts.cases().isEmpty, "\(label)")
        #expect(try await store.packets.receiptChainHead()?.sequence == 2, "\(label)")
        #expect(try folder.files().keys.allSatisfy { !$0.contains(".age") }, "\(label)")
        let events = try await store.journal.lines().map(\.event)
        for event in [JournalEvent.packetSealed, .receiptStored, .packetPurged] {
            #expect(events.filter { $0 == event }.count == 2, "\(label) \(event)")
        }
        #expect(events.filter { $0 == .draftDiscarded }.count == 1, "\(label)")
        try await store.check()
    }
}

/// One kit, one central, one day.
struct Scene: Sendable {
    let maker: StoreMaker
    let reception: DataFolder
    let signatures: Signatures

    init() throws {
        maker = try StoreMaker(try DataFolder())
        reception = try DataFolder()
        signatures = Signatures()
    }

    var day: Day { day(under: reception, ledger: Ledger(path: "\(reception.path)/acknowledged")) }

    func day(under reception: DataFolder, ledger: Ledger) -> Day {
        Day(reception: Reception(folder: reception, signatures: signatures), ledger: ledger)
    }

    /// What a child process does: the same day, until the kernel kills it.
    static func runUntilKilled(store path: String, reception: String, keys: [[UInt8]], at step: Int) async throws {
        let signatures = Signatures(kitKey: try SigningKey(raw: keys[0]), receiptKey: try SigningKey(raw: keys[1]))
        let key = try StoreKey.existing(in: path)
        let counter = Mutex(0)
        let probe = StorageProbe { _ throws(StoreError) in
            let isLast = counter.withLock { count in
                defer { count += 1 }
                return count == step
            }
            if isLast { kill(getpid(), SIGKILL) }
        }
        let (store, _) = try await Store.open(
            folder: path, kit: .real, sealing: Vault(key), clock: SteppedClock(), probe: probe)
        let folder = DataFolder(borrowing: reception)
        let day = Day(
            reception: Reception(folder: folder, signatures: signatures),
            ledger: Ledger(path: "\(reception)/acknowledged"))
        try await day.run(on: store)
        store.close()
    }
}

/// Copies kit and central at every step.
final class Snapshots: Sendable {
    struct Cut: Sendable {
        let step: StorageStep
        let store: DataFolder
        let reception: DataFolder
        let acknowledged: [String]
    }

    private let scene: Scene
    private let copying: Bool
    private let state = Mutex<(cuts: [Cut], count: Int)>(([], 0))

    init(of scene: Scene, copying: Bool = true) {
        self.scene = scene
        self.copying = copying
    }

    var taken: [Cut] { state.withLock { $0.cuts } }
    var count: Int { state.withLock { $0.count } }

    var probe: StorageProbe {
        StorageProbe { [self] step throws(StoreError) in
            state.withLock { $0.count += 1 }
            guard copying else { return }
            guard let store = try? scene.maker.folder.copy(), let reception = try? scene.reception.copy() else {
                throw .unwritable("a snapshot")
            }
            let cut = Cut(
                step: step, store: store, reception: reception, acknowledged: scene.day.ledger.lines)
            state.withLock { $0.cuts.append(cut) }
        }
    }
}
