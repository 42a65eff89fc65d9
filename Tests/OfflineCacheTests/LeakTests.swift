import EnrolmentCore
import Foundation
import GRDB
import OfflineCacheSchema
import StationTestSupport
import Testing

@testable import OfflineCache

@Suite("Leaks")
struct LeakTests {
    @Test("at no step of a day does a name lie readable in any file, in any common disguise")
    func nothingReadable() async throws {
        let scene = try Scene()
        let snapshots = Snapshots(of: scene)
        let store = try await scene.maker.open(probe: snapshots.probe)
        try await store.visits.replace([.example])
        try await scene.day.run(on: store)
        for cut in snapshots.taken {
            #expect(try markers(in: cut.store).isEmpty, "\(cut.step)")
        }
        #expect(try markers(in: scene.maker.folder).isEmpty)
        store.close()
        #expect(try markers(in: scene.maker.folder).isEmpty)
    }

    @Test("the same search finds the name when the sealing is taken away")
    func negativeControl() async throws {
        let maker = StoreMaker(try DataFolder(), sealing: PlainRecordSealing())
        let store = try await maker.open()
        _ = try await store.drafts.save(
            Day.content("case-1", revision: 1), for: CaseID("case-1"), in: Day.visitID, after: 0)
        #expect(try !markers(in: maker.folder).isEmpty)
        store.close()
    }

    @Test("a draft whose packet is queued is gone, key and all, before the store answers anything else")
    func nothingLeftOver() async throws {
        let scene = try Scene()
        let store = try await scene.maker.open()
        let packet = try await store.sealPacket("case-1", signatures: scene.signatures) { try await Remains(store) }
        _ = try await store.packets.packet(packet.packet.id)
        try packet.value.expectGone(from: scene.maker.folder)
        store.close()
    }

    @Test("a draft that is thrown away leaves neither its key nor its ciphertext behind")
    func nothingLeftOfDiscarded() async throws {
        let scene = try Scene()
        let store = try await scene.maker.open()
        _ = try await store.drafts.save(
            Day.content("case-1", revision: 1), for: CaseID("case-1"), in: Day.visitID, after: 0)
        let remains = try await Remains(store)
        try remains.expectHeld(in: scene.maker.folder)
        let reason = try #require(DiscardReason(code: "wrong-person"))
        try await store.drafts.discard(CaseID("case-1"), because: reason, by: OfficerID("o-1"))
        try remains.expectGone(from: scene.maker.folder)
        store.close()
    }

    @Test("of a hundred drafts none leaves anything behind, in whatever order they go")
    func nothingLeftOfMany() async throws {
        let scene = try Scene()
        let store = try await scene.maker.open()
        var cases = (1...100).map { CaseID("case-\($0)") }
        for caseID in cases {
            _ = try await store.drafts.save(patternedBytes(700, seed: 1), for: caseID, in: Day.visitID, after: 0)
        }
        let remains = try await Remains(store)
        var generator = SeededGenerator(seed: 41)
        cases.shuffle(using: &generator)
        try await store.transact(.discardDraft) { [cases] _, database in
            for caseID in cases {
                try DraftStore.destroy(caseID, database)
                try Journal.add(.draftDiscarded, at: .noon, caseID: caseID, to: database)
            }
        }
        #expect(try await store.drafts.cases().isEmpty)
        try await store.settle()
        try remains.expectGone(from: scene.maker.folder)
        store.close()
    }

    @Test("power that goes between the packet and the sweep leaves no draft to any reader, and opening sweeps it")
    func cutBeforeSweep() async throws {
        let scene = try Scene()
        let snapshots = Snapshots(of: scene)
        let store = try await scene.maker.open(probe: snapshots.probe)
        let sealed = try await store.sealPacket("case-1", signatures: scene.signatures) { try await Remains(store) }
        try await store.settle()
        let cut = try #require(snapshots.taken.last { $0.step.operation == .enqueue && $0.step.moment == .committed })
        try sealed.value.expectHeld(in: cut.store)
        let (reopened, recovery) = try await scene.maker.over(cut.store).openReporting()
        #expect(recovery == Recovery(enteredPackets: 1, sweptDrafts: 1))
        #expect(try await reopened.drafts.draft(of: CaseID("case-1")) == nil)
        #expect(try await reopened.drafts.cases().isEmpty)
        try sealed.value.expectGone(from: cut.store)
        reopened.close()
        store.close()
    }

    @Test("errors and descriptions name no one")
    func descriptions() async throws {
        let draft = Draft(
            caseID: CaseID("c"), visitID: VisitID("v"), revision: 1, savedAt: .noon, content: Array(Day.marker.utf8))
        #expect(!"\(draft)".contains("Janssens"))
        let name = RecordName(table: "draft", id: "c", revision: 1)
        #expect("\(StoreError.recordDamaged(name))" == "record draft/c@1 does not open")
    }

    /// The pieces of personal data that are found, by file: plain, base64 at each of its three
    /// alignments, hexadecimal, UTF-16.
    private func markers(in folder: DataFolder) throws -> [String] {
        var found: [String] = []
        for (name, bytes) in try folder.files() {
            for (form, pattern) in Self.patterns where contains(bytes, pattern) { found.append("\(name): \(form)") }
        }
        return found
    }

    private static let patterns: [(String, [UInt8])] = {
        var patterns: [(String, [UInt8])] = []
        for piece in ["Janssens-Wouters", "85.07.30-033.61", "Kasteelstraat"] {
            let plain = Array(piece.utf8)
            patterns.append(("plain", plain))
            patterns.append(("hexadecimal", Array(hexText(plain).utf8)))
            patterns.append(("UTF-16", piece.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }))
            for shift in 0..<3 {
                let text = Data([UInt8](repeating: 0x20, count: shift) + plain).base64EncodedString()
                let middle = Array(text.utf8.dropFirst(shift == 0 ? 0 : 4).dropLast(4))
                patterns.append(("base64", middle))
            }
        }
        return patterns
    }()
}

/// The first bytes of everything that drafts left in the database: of each key and of each ciphertext.
private struct Remains {
    let pieces: [[UInt8]]

    init(_ store: Store) async throws {
        pieces = try await store.perform { _, database in
            try Data.fetchAll(database, sql: "SELECT sealed FROM draft UNION ALL SELECT sealed FROM draft_key")
                .map { [UInt8]($0.prefix(24)) }
        }
        #expect(!pieces.isEmpty)
    }

    func expectHeld(in folder: DataFolder) throws {
        let files = try folder.files().filter { !$0.key.hasSuffix("-shm") }
        for piece in pieces { #expect(files.values.contains { contains($0, piece) }) }
    }

    func expectGone(from folder: DataFolder) throws {
        for (name, bytes) in try folder.files() where !name.hasSuffix("-shm") {
            #expect(pieces.count { contains(bytes, $0) } == 0, "\(name)")
        }
    }
}

private func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    Data(bytes).range(of: Data(pattern)) != nil
}

extension Visit {
    static let example = Visit(
        id: VisitID("visit-1"), plannedFor: CalendarDate(daysSinceEpoch: 20_778), place: .home,
        address: CardAddress(streetAndNumber: "Kasteelstraat 12", postalCode: "9000", municipality: "Gent"),
        eligibility: Eligibility(reason: .reducedMobility, attest: nil), cases: [])
}
