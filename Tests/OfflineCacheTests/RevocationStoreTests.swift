import EnrolmentCore
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
