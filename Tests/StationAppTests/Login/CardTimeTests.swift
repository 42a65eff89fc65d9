import DeviceEmulation
import EnrolmentCore
import OfflineCache
import Testing

@testable import StationApp

@Suite("What cards teach about the time")
struct CardTimeTests {
    /// An officer's card that was issued on 21 November 2026, on the day of the bench.
    private static func card(_ bench: LoginBench) throws {
        var shape = TestCardAuthority.Shape()
        shape.validity = TestCardValidity(from: CardDay(2026, 11, 21), until: CardDay(2036, 11, 21))
        let authority = try TestCardAuthority(.ellipticCurve, shape: shape)
        bench.authorities.withLock { $0[.v18] = authority }
        try bench.insert(LoginBench.anPersona)
    }

    private static let issued = Timestamp(milliseconds: 1_795_262_400_000 - 43_200_000)

    @Test(
        "a proven certificate of today shows that a clock of yesterday is behind, lets its officer in, and moves no clock"
    )
    func behind() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try Self.card(bench)
        let yesterday = Self.issued.advanced(by: .seconds(-8 * 3600))
        bench.clock.move(by: -20 * 3600)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        #expect(try await kit.store.clockMark.standing(of: yesterday).confidence == .plausible)
        #expect(try await desk.logIn(pins: ["1234"]).session != nil)
        let standing = try await kit.store.clockMark.standing(of: bench.clock.now())
        #expect(standing.confidence == .implausible && standing.source == .card)
        #expect(bench.clock.now() == yesterday)
        #expect(try await kit.store.clockMark.lastKnown() == Self.issued)
        // A clock that is right is told nothing by it.
        #expect(
            try await kit.store.clockMark.standing(of: Self.issued.advanced(by: .seconds(60))).confidence == .plausible)
        kit.store.close()
    }

    @Test(
        "a card whose root is not known teaches nothing, and neither does a card for tests on a kit that serves people")
    func forged() async throws {
        for (kit, knowsRoot) in [(LoginBench.kit, false), (Kit(id: KitID("KIT-TEST"), isTraining: false), true)] {
            let bench = try LoginBench(kit: kit, roster: LoginBench.roster(kit: kit.id))
            try Self.card(bench)
            bench.clock.move(by: -20 * 3600)
            let open = try await bench.open()
            let before = try await open.store.clockMark.lastKnown()
            let desk = try bench.desk(open, roots: knowsRoot ? nil : [])
            #expect(try await desk.logIn(pins: ["1234"]).failure != nil)
            let after = try #require(try await open.store.clockMark.lastKnown())
            #expect(before == nil && after < Self.issued)
            let standing = try await open.store.clockMark.standing(of: bench.clock.now())
            #expect(standing.confidence == .plausible)
            open.store.close()
        }
    }

    @Test("an enrolment learns from the citizen's card, and an older card changes nothing")
    func citizens() async throws {
        try await withStationBench { bench in
            let kit = try await bench.open()
            #expect(try await kit.store.clockMark.lastKnown() == nil)
            try await bench.enrol(on: kit)
            let issued = Timestamp(milliseconds: 1_577_836_800_000)
            #expect(try await kit.store.clockMark.lastKnown() == issued)
            try await kit.store.learn(issued.advanced(by: .seconds(-1)))
            #expect(try await kit.store.clockMark.lastKnown() == issued)
            kit.store.close()
        }
    }
}
