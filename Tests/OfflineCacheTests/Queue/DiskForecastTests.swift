import EnrolmentCore
import Synchronization
import Testing

@testable import OfflineCache

@Suite("How long the disk lasts")
struct DiskForecastTests {
    private let rules: SpaceRules

    init() throws { rules = try SpaceRules.builtIn() }

    @Test("what is kept back is not counted, and the visits left fall one by one")
    func arithmetic() {
        let size = 400_000
        let empty = forecast(free: 0, [size])
        let reserve = empty.reserve
        #expect(reserve == rules.reserveMiB << 20)
        for (visits, level) in [
            (0, DiskForecast.Level.full), (1, .low), (rules.lowVisits, .low), (rules.lowVisits + 1, .soon),
            (rules.soonVisits, .soon), (rules.soonVisits + 1, .plenty), (1_000_000, .plenty),
        ] {
            let free = reserve + visits * (size + 4096)
            #expect(forecast(free: free, [size]).visitsLeft == visits)
            #expect(forecast(free: free, [size]).level == level, "\(visits)")
            #expect(forecast(free: free + size, [size]).visitsLeft == visits)
        }
        #expect(forecast(free: -1, []).level == .full)
        #expect(forecast(free: .max, [Int.max, Int.min, Int.max]).level == .plenty)
        #expect(forecast(free: 1 << 32, [Int.max]).level == .full)
    }

    @Test("the median of the last packets is a visit's size, and before the first it is the rule's")
    func size() {
        #expect(!forecast(free: 0, []).isMeasured)
        #expect(forecast(free: 0, []).visitSize == rules.visitKiB << 10 + 4096)
        #expect(forecast(free: 0, [1000, 900_000, 2000]).visitSize == 2000 + 4096)
    }

    @Test("large packets have more kept back, so that one like them can be finished")
    func largeCases() {
        let large = 10 << 20
        #expect(forecast(free: 0, [large]).reserve == rules.logMiB << 20 + large * rules.runningCaseSizes)
    }

    @Test("with too little room no case begins, and one that runs is saved, sealed and sent")
    func beginning() async throws {
        let maker = try StoreMaker(try DataFolder())
        let free = Mutex(1 << 30)
        let room: @Sendable () -> Int = { free.withLock { $0 } }
        let probe = StorageProbe(freeSpace: room) { _ in }
        let store = try await maker.open(probe: probe)
        #expect(try await store.forecast().level == .plenty)
        _ = try await store.drafts.save([1], for: CaseID("runs"), in: VisitID("v"), after: 0)
        free.withLock { $0 = rules.reserveMiB << 20 + 1000 }
        #expect(try await store.forecast().visitsLeft == 0)
        let error = await #expect(throws: StoreError.self) {
            try await store.drafts.save([1], for: CaseID("new"), in: VisitID("v"), after: 0)
        }
        #expect(error == .noRoomToBegin(free: rules.reserveMiB << 20 + 1000, reserve: rules.reserveMiB << 20))
        #expect(error?.code == .store(.diskFull))
        #expect(try await store.drafts.cases() == [CaseID("runs")])
        _ = try await store.drafts.save([2], for: CaseID("runs"), in: VisitID("v"), after: 1)
        free.withLock { $0 = 0 }
        _ = try await store.drafts.save([3], for: CaseID("runs"), in: VisitID("v"), after: 2)
        let example = try SealedExample(in: store.packetFiles.path)
        var generator = SystemRandomNumberGenerator()
        let id = PacketID(at: .noon, using: &generator)
        let newID = { id }
        let packet = try await store.packets.seal(CaseID("runs"), at: 3, isUrgent: false, newID: newID) {
            try example.seal($0)
        }
        #expect(packet.state == .sealed)
        store.close()
    }

    private func forecast(free: Int, _ packets: [Int]) -> DiskForecast {
        DiskForecast(free: free, packets: packets, rules: rules)
    }
}
