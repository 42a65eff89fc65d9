import EnrolmentCore
import GRDB
import Testing

@testable import OfflineCache

@Suite("Questions about revocations in the store")
struct RevocationStoreTests {
    private let maker: StoreMaker
    private let store: Store

    init() async throws {
        maker = try StoreMaker(try DataFolder())
        store = try await maker.open()
    }

    @Test("a question waits until it is answered or dropped, and is not asked twice")
    func questions() async throws {
        try await store.revocations.ask([1, 2])
        try await store.revocations.ask([3])
        try await store.revocations.ask([1, 2])
        store.close()
        let again = try await maker.open()
        let waiting = try await again.revocations.waiting()
        #expect(waiting.map(\.content) == [[1, 2], [3]])
        try await again.revocations.drop(waiting[0].id)
        #expect(try await again.revocations.waiting().map(\.content) == [[3]])
        again.close()
    }

    @Test("evidence is kept by what it is about: a later answer takes the place of an earlier one")
    func evidence() async throws {
        let revocations = store.revocations
        try await revocations.keep([9], .ocsp, about: [1])
        try await revocations.keep([8], .crl, about: [2])
        maker.clock.move(to: .noon.advanced(by: .seconds(60)))
        try await revocations.keep([7], .ocsp, about: [1])
        let held = try await revocations.evidence()
        #expect(held.map(\.content) == [[8], [7]])
        #expect(held.map(\.kind) == [.crl, .ocsp])
        #expect(held.last?.fetchedAt == .noon.advanced(by: .seconds(60)))
        try await revocations.forget(held.filter { $0.kind == .ocsp }.map(\.id))
        #expect(try await revocations.evidence().map(\.content) == [[8]])
        store.close()
    }

    @Test(
        "evidence that is damaged is none, holds up no other, is named, and gives way to the next answer to its question",
        arguments: [
            "kind = 'crl'", "fetched_at = fetched_at + 1", "mac = zeroblob(32)", "mac = NULL", "sealed = zeroblob(100)",
            "sealed = x''",
        ])
    func damagedEvidence(_ change: String) async throws {
        try await store.revocations.keep([9], .ocsp, about: [1])
        try await store.revocations.keep([8], .ocsp, about: [2])
        let again = try await reopened(after: "UPDATE revocation_evidence SET \(change) WHERE id = 1")
        let revocations = again.revocations
        let damaged = DamagedEvidence(id: 1, subject: [1])
        #expect(try await revocations.held().damaged == [damaged])
        #expect(try await revocations.evidence().map(\.content) == [[8]])
        // About another, so that it may still have told of a revocation.
        try await revocations.keep([7], .ocsp, about: [3])
        #expect(try await revocations.held().damaged == [damaged])
        try await revocations.ask([5])
        let asked = try #require(try await revocations.waiting().first)
        try await revocations.answer(asked.id, about: [1], with: [6], .ocsp)
        #expect(try await revocations.held().damaged.isEmpty)
        #expect(try await revocations.evidence().map(\.content) == [[8], [7], [6]])
        again.close()
        #expect(try await maker.openReporting().recovery.changedRows.isEmpty)
    }

    @Test(
        "evidence of which nobody can tell what it was about gives way to any answer",
        arguments: ["id = 77", "id = 9223372036854775807", "sealed_subject = zeroblob(100)", "sealed_subject = x''"])
    func unknownEvidence(_ change: String) async throws {
        try await store.revocations.keep([9], .ocsp, about: [1])
        try await store.revocations.keep([8], .ocsp, about: [2])
        let again = try await reopened(after: "UPDATE revocation_evidence SET \(change) WHERE id = 1")
        #expect(try await again.revocations.held().damaged.map(\.subject) == [nil])
        #expect(try await again.revocations.evidence().map(\.content) == [[8]])
        try await again.revocations.keep([7], .ocsp, about: [3])
        #expect(try await again.revocations.held().damaged.isEmpty)
        #expect(try await again.revocations.evidence().map(\.content) == [[8], [7]])
        again.close()
    }

    @Test(
        "a question that is damaged is left out, is named, holds up no other, and may be asked again",
        arguments: [
            "id = 77", "id = 9223372036854775807", "asked_at = 1", "mac = NULL", "sealed = zeroblob(100)",
            "sealed = x''",
        ])
    func damagedQuestion(_ change: String) async throws {
        try await store.revocations.ask([1])
        try await store.revocations.ask([2])
        let again = try await reopened(after: "UPDATE revocation_question SET \(change) WHERE id = 1")
        #expect(try await again.revocations.waiting().map(\.content) == [[2]])
        try await again.revocations.ask([1])
        #expect(try await again.revocations.waiting().map(\.content) == [[2], [1]])
        again.close()
        #expect(try await maker.openReporting().recovery.changedRows.isEmpty)
    }

    /// - Parameter change: as somebody makes it who opens the file with another program.
    private func reopened(after change: String) async throws -> Store {
        try await store.perform { _, database in try database.execute(sql: change) }
        store.close()
        let (again, recovery) = try await maker.openReporting()
        #expect(recovery.changedRows.count == 1)
        return again
    }

    @Test("no certificate lies readable on the disk, nor is one printed")
    func leaks() async throws {
        let number = Array("certificate of TEST 85073003328".utf8)
        try await store.revocations.ask(number)
        try await store.revocations.keep(number, .ocsp, about: number)
        #expect(try await !"\(store.revocations.waiting())\(store.revocations.evidence())".contains("8507"))
        for (name, bytes) in try maker.folder.files() {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("85073003328"), "\(name)")
        }
        store.close()
    }
}
