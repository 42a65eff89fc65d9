import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import Synchronization
import Testing

@testable import OfflineCache

@Suite("Sealing a draft")
struct SealingTests {
    private let maker: StoreMaker
    private let caseID = CaseID("c1")

    init() throws { maker = try StoreMaker(try DataFolder()) }

    @Test("a draft becomes a packet that verifies, and is gone")
    func whole() async throws {
        let store = try await maker.open()
        let packet = try await seal(on: store)
        #expect(packet.state == .sealed)
        #expect(try await store.packets.verifyFile(of: packet.id) == nil)
        #expect(try await store.drafts.draft(of: caseID) == nil)
        try await store.check()
        store.close()
    }

    @Test("two cases that are sealed at once both end in the queue, numbered one after the other")
    func overtaken() async throws {
        let store = try await maker.open()
        let example = try SealedExample(in: store.packetFiles.path)
        _ = try await store.drafts.save([1], for: caseID, in: VisitID("v"), after: 0)
        _ = try await store.drafts.save([1], for: CaseID("c2"), in: VisitID("v"), after: 0)
        let first = Mutex(true)
        let packet = try await store.packets.seal(caseID, at: 1, isUrgent: false, newID: newID) { slot in
            let sealed = try example.seal(slot)
            if first.withLock({ isFirst in
                defer { isFirst = false }
                return isFirst
            }) {
                _ = try await store.packets.seal(CaseID("c2"), at: 1, isUrgent: false, newID: newID) {
                    try example.seal($0)
                }
            }
            return sealed
        }
        #expect(packet.sequence == 2)
        #expect(try await store.packets.packets().map(\.sequence) == [1, 2])
        #expect(try maker.folder.files().keys.count { $0.hasSuffix(".age") } == 2)
        #expect(try await store.drafts.cases().isEmpty)
        store.close()
    }

    @Test("whichever call to the file system fails, the draft stays, nothing is half there, and it seals afterwards")
    func everyFileCall() async throws {
        var failing = 0
        var hasFailed = true
        while hasFailed {
            let maker = try StoreMaker(try DataFolder())
            let count = Mutex(Int.min)
            let failures = Mutex(0)
            let target = failing
            let fault: DurableFiles.Interposer = { _ in
                let now = count.withLock { count in
                    defer { count += count == .min ? 0 : 1 }
                    return count
                }
                guard now == target else { return nil }
                failures.withLock { $0 += 1 }
                return ENOSPC
            }
            let probe = StorageProbe(files: fault) { _ in }
            let store = try await maker.open(probe: probe)
            let content = Array("draft".utf8)
            _ = try await store.drafts.save(content, for: caseID, in: VisitID("v"), after: 0)
            count.withLock { $0 = 0 }
            do {
                _ = try await seal(on: store, saved: true)
            } catch {
                #expect(failures.withLock { $0 } == 1)
                #expect(try await store.drafts.draft(of: caseID)?.content == content)
                _ = try await seal(on: store, saved: true)
            }
            hasFailed = failures.withLock { $0 } > 0
            #expect(try await store.packets.packets().map(\.sequence) == [1])
            #expect(try maker.folder.files().keys.count { $0.contains(".age") } == 1, "call \(failing)")
            store.close()
            #expect(try await maker.openReporting().recovery == Recovery())
            failing += 1
        }
        #expect(failing > 10)
    }

    @Test("a store that was cut off while it sealed tells exactly what it put right")
    func exactRecovery() async throws {
        let store = try await maker.open()
        _ = try await store.drafts.save([1], for: caseID, in: VisitID("v"), after: 0)
        _ = try await store.drafts.save([1], for: CaseID("c2"), in: VisitID("v"), after: 0)
        let first = try await store.packets.beginSealing(newID(), of: caseID, at: 1)
        try await store.packets.stage([1], in: first)
        let second = try await store.packets.beginSealing(newID(), of: CaseID("c2"), at: 1)
        try maker.folder.overwrite("packets/\(second.packetID).age.part", with: [1])
        let cut = try maker.folder.copy()
        let (reopened, recovery) = try await maker.over(cut).openReporting()
        #expect(recovery == Recovery(removedFiles: 2, abandonedSealings: 2))
        #expect(try await reopened.drafts.cases().count == 2)
        reopened.close()
        store.close()
    }

    private func newID() -> PacketID {
        var generator = SystemRandomNumberGenerator()
        return PacketID(at: .noon, using: &generator)
    }

    private func seal(on store: Store, saved: Bool = false) async throws -> QueuedPacket {
        let example = try SealedExample(in: store.packetFiles.path, files: store.packetCalls)
        if !saved { _ = try await store.drafts.save([1], for: caseID, in: VisitID("v"), after: 0) }
        return try await store.packets.seal(caseID, at: 1, isUrgent: false, newID: newID) { try example.seal($0) }
    }
}
