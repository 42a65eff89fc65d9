import EnrolmentCore
import Testing

@testable import OfflineCache

@Suite("Planned visits")
struct VisitStoreTests {
    private let maker: StoreMaker
    private let store: Store

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
    }

    @Test("come back as they were imported, also after a restart")
    func roundTrip() async throws {
        try await store.visits.replace([.example])
        let copy = try await maker.over(maker.folder.copy()).open()
        #expect(try await copy.visits.all() == [.example])
        #expect(try await copy.visits.visit(VisitID("visit-1")) == .example)
        copy.close()
    }

    @Test("imported twice are there once")
    func twice() async throws {
        try await store.visits.replace([.example])
        try await store.visits.replace([.example])
        #expect(try await store.visits.all() == [.example])
        #expect(try await store.journal.lines().map(\.event) == [.visitImported])
    }

    @Test("one that is over is forgotten; one that is not there is named")
    func removed() async throws {
        try await store.visits.replace([.example])
        try await store.visits.remove(VisitID("visit-1"))
        await #expect(throws: StoreError.unknownVisit(VisitID("visit-1"))) {
            try await store.visits.visit(VisitID("visit-1"))
        }
    }
}
