import EnrolmentCore
import Foundation
import GRDB
import OfflineCacheSchema
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

    @Test("a destroyed draft leaves not even its ciphertext")
    func nothingLeftOver() async throws {
        let scene = try Scene()
        let store = try await scene.maker.open()
        _ = try await store.drafts.save(
            Day.content("case-1", revision: 1), for: CaseID("case-1"), in: Day.visitID, after: 0)
        let sealed = try await store.perform { _, database in
            try Data.fetchOne(database, sql: "SELECT sealed FROM draft") ?? Data()
        }
        let key = [UInt8](sealed.prefix(32))
        let holding = try scene.maker.folder.files().values.contains { contains($0, key) }
        #expect(holding)
        let reason = try #require(DiscardReason(code: "wrong-person"))
        try await store.drafts.discard(CaseID("case-1"), because: reason, by: OfficerID("o-1"))
        for (name, bytes) in try scene.maker.folder.files() where !name.hasSuffix("-shm") {
            #expect(!contains(bytes, key), "\(name)")
        }
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

private func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    Data(bytes).range(of: Data(pattern)) != nil
}

extension Visit {
    static let example = Visit(
        id: VisitID("visit-1"), plannedFor: CalendarDate(daysSinceEpoch: 20_778), place: .home,
        address: CardAddress(streetAndNumber: "Kasteelstraat 12", postalCode: "9000", municipality: "Gent"),
        eligibility: Eligibility(reason: .reducedMobility, attest: nil), cases: [])
}
