import EnrolmentCore
import OfflineCache
import PacketFormat
import SyncClient
import Testing

@testable import StationApp

@Suite("The list of officers on a kit")
struct LoginListTests {
    @Test("a list of the bundle is adopted once, and a newer one from central takes its place")
    func adoption() async throws {
        let bench = try LoginBench(roster: LoginBench.roster(version: 1))
        let kit = try await bench.open()
        let lists = try KitLists(kit)
        #expect(try await lists.roster(at: bench.clock.now()) == .none)
        try await lists.adopt()
        try await lists.adopt()
        #expect(try await lists.roster(at: bench.clock.now()) == .valid(LoginBench.roster(version: 1)))
        let store = KitListStore(kit)
        #expect(try await store.version(of: .roster) == 1)
        try await store.replace(by: ListSigner(key: bench.central).sign(LoginBench.roster(version: 3)))
        try await lists.adopt()
        #expect(try await lists.roster(at: bench.clock.now()) == .valid(LoginBench.roster(version: 3)))
        // An older one never comes back.
        await #expect(throws: StoreError.unwritable("list roster 2: version 3 is held")) {
            try await store.replace(by: ListSigner(key: bench.central).sign(LoginBench.roster(version: 2)))
        }
        #expect(try await store.version(of: .roster) == 3)
        #expect(try await kit.store.journal.lines().map(\.reason) == ["1", "3"])
        kit.store.close()
    }

    @Test(
        "a list whose row was changed lets nobody in until the next synchronisation, which asks for all of it and puts it right",
        arguments: [
            "stored_at = stored_at + 1", "mac = zeroblob(32)", "version = version + 8", "sealed = zeroblob(200)",
        ])
    func changedRow(_ change: String) async throws {
        let bench = try LoginBench()
        try bench.insert(LoginBench.anPersona)
        var kit = try await bench.open()
        let signed = try ListSigner(key: bench.central).sign(LoginBench.roster(version: 3))
        try await KitListStore(kit).replace(by: signed)
        #expect(try await bench.desk(kit).logIn(pins: ["1234"]).session != nil)
        kit.store.close()
        try bench.edit("UPDATE signed_list SET \(change)")
        kit = try await bench.open()
        #expect(kit.recovery.changedRows == [ChangedRow(table: "signed_list", key: "roster")])
        #expect(try await bench.desk(kit).logIn(pins: ["1234"]).failure?.code == .login(.rosterExpired))
        // What a synchronisation does, which then names no version to central.
        #expect(try await KitListStore(kit).version(of: .roster) == nil)
        try await KitListStore(kit).replace(by: signed)
        #expect(try await KitListStore(kit).version(of: .roster) == 3)
        #expect(try await bench.desk(kit).logIn(pins: ["1234"]).session != nil)
        kit.store.close()
    }

    @Test("a list that has run out lets nobody in, and setting the clock back does not help")
    func expired() async throws {
        let bench = try LoginBench(roster: LoginBench.roster(days: 2))
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        #expect(try await desk.logIn(pins: ["1234"]).session != nil)
        bench.clock.move(by: 3 * 86_400)
        #expect(try await desk.logIn(pins: ["1234"]).failure?.code == .login(.rosterExpired))
        try await kit.store.clockMark.note(bench.clock.now())
        bench.clock.move(by: -3 * 86_400)
        #expect(try await desk.logIn(pins: ["1234"]).failure?.code == .login(.rosterExpired))
        #expect(
            try await desk.logIn(LoginBench.an, passphrase: "wat dan ook").failure?.code == .login(.rosterExpired))
        kit.store.close()
    }

    @Test("a list of another kit, or signed by another key, is not adopted: the bundle is not what central made")
    func foreign() async throws {
        for bench in [
            try LoginBench(roster: LoginBench.roster(kit: KitID("OEFENKIT-Z"))),
            try LoginBench(roster: LoginBench.roster(), key: ReceiptSigningKey()),
        ] {
            let kit = try await bench.open()
            let lists = try KitLists(kit)
            await #expect(throws: FailureReport.self) { try await lists.adopt() }
            let desk = try bench.desk(kit)
            #expect(try await desk.logIn(pins: ["1234"]).failure?.code == .input(.missingConfiguration))
            kit.store.close()
        }
    }

    @Test("a list in the store that is another kit's or another key's is found out at the login")
    func storedForeign() async throws {
        let bench = try LoginBench()
        let kit = try await bench.open()
        let strange = [
            try ListSigner(key: bench.central).sign(LoginBench.roster(version: 4, kit: KitID("OEFENKIT-Z"))),
            try ListSigner(key: ReceiptSigningKey()).sign(LoginBench.roster(version: 5)),
        ]
        for list in strange {
            // As a thief would, who has the passphrase and no key of central's.
            _ = try await kit.store.lists.keep(list)
            let standing = try await KitLists(kit).roster(at: bench.clock.now())
            guard case .unusable = standing else {
                Issue.record("\(standing)")
                continue
            }
            #expect(OfficerGate(standing) == .login)
            #expect(try await bench.desk(kit).logIn(pins: []).failure?.code == .login(.rosterExpired))
        }
        kit.store.close()
    }

    @Test("an officer whom a newer list leaves out is not let in, nor let on with the session that is open")
    func removed() async throws {
        let bench = try LoginBench(roster: LoginBench.roster(version: 1))
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        let session = try #require(try await desk.logIn(pins: ["1234"]).session)
        let lists = try KitLists(kit)
        let before = try await lists.roster(at: bench.clock.now())
        #expect(try OfficerGate.officer(session, claiming: OfficerID("x"), by: before).id == LoginBench.an)

        let without = LoginBench.roster(
            version: 2,
            officers: [
                RosterOfficer(
                    id: LoginBench.bart, nationalNumber: NationalNumber(LoginBench.bartPersona.nationalNumber))
            ])
        try await KitListStore(kit).replace(by: ListSigner(key: bench.central).sign(without))
        let after = try await lists.roster(at: bench.clock.now())
        let report = #expect(throws: FailureReport.self) {
            try OfficerGate.officer(session, claiming: OfficerID("x"), by: after)
        }
        #expect(report?.code == .login(.notOnRoster))
        #expect(try await desk.logIn(pins: ["1234"]).failure?.code == .login(.notOnRoster))
        kit.store.close()
    }

    @Test("a list of roots that this program cannot use never takes the place of one that works")
    func unusableRoots() async throws {
        let bench = try LoginBench()
        let kit = try await bench.open()
        let store = KitListStore(kit)
        let own = try #require(try await store.version(of: .cardRoots))
        let list = try ListSigner(key: bench.central).sign(cardRoots: Array(#"{"version": 99, "roots": 7}"#.utf8))
        await #expect(throws: StoreError.self) { try await store.replace(by: list) }
        #expect(try await store.version(of: .cardRoots) == own)
        #expect(try await KitTrust.load(kit, lists: try KitLists(kit)).listVersion == own)
        kit.store.close()
    }
}

@Suite("Who may work on a kit")
struct LoginGateTests {
    private let session = LoginSession(
        officer: Officer(id: LoginBench.an, proof: .card), rosterVersion: 1, revocation: .notChecked,
        certificateValidUntil: nil, at: Timestamp(milliseconds: 0))

    @Test("a kit without a list takes a staff number for what it is, whoever is logged in")
    func noList() throws {
        let officer = try OfficerGate.officer(nil, claiming: OfficerID("x-1"), by: .none)
        #expect(officer == Officer(id: OfficerID("x-1"), proof: .claimed))
    }

    @Test("a kit with a list takes nobody's word for it, whatever became of the list")
    func list() throws {
        for standing in [
            RosterStanding.valid(LoginBench.roster()), .expired(version: 1), .unusable("gone"),
        ] {
            let report = #expect(throws: FailureReport.self) {
                try OfficerGate.officer(nil, claiming: LoginBench.an, by: standing)
            }
            #expect(report?.code == .login(.needed))
        }
        #expect(
            try OfficerGate.officer(session, claiming: OfficerID("x"), by: .valid(LoginBench.roster())).proof == .card)
        let expired = #expect(throws: FailureReport.self) {
            try OfficerGate.officer(session, claiming: OfficerID("x"), by: .expired(version: 1))
        }
        #expect(expired?.code == .login(.rosterExpired))
    }

    @Test("an officer by passphrase goes on only as long as the list lets them use one")
    func passphrase() {
        let bySaying = LoginSession(
            officer: Officer(id: LoginBench.bart, proof: .passphrase), rosterVersion: 1, revocation: .notApplicable,
            certificateValidUntil: nil, at: Timestamp(milliseconds: 0))
        #expect(!bySaying.isHeld(by: .valid(LoginBench.roster())))
        #expect(session.isHeld(by: .valid(LoginBench.roster())))
    }
}
