import DeviceEmulation
import EnrolmentCore
import OfflineCache
import PacketFormat
import StationTestSupport
import Synchronization
import Testing

@testable import StationApp

@Suite("An officer logs in with their card")
struct LoginDeskTests {
    @Test(
        "by every applet, offline: the list, the PIN, a signature of a fresh challenge and the chain are all right",
        arguments: [CardProfile.v11, .v17, .v18])
    func applets(profile: CardProfile) async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona, as: profile)
        let kit = try await bench.open()
        let outcome = try await bench.desk(kit).logIn(pins: ["1234"])
        let session = try #require(outcome.session, "\(outcome)")
        #expect(session.officer == Officer(id: LoginBench.an, proof: .card))
        #expect(session.rosterVersion == 1)
        #expect(session.revocation == .notChecked)
        #expect(session.certificateValidUntil.map { $0 > bench.clock.now() } == true)
        let lines = try await kit.store.journal.lines()
        #expect(lines.map(\.event) == [.rosterStored, .officerLoggedIn])
        #expect(lines.last?.officer == LoginBench.an)
        // Nobody could be asked: the next synchronisation does, once.
        #expect(try await kit.store.revocations.waiting().count == 1)
        kit.store.close()
    }

    @Test("the tries left are said before one is used; an old applet is never asked for them")
    func triesBefore() async throws {
        for (profile, expected) in [(CardProfile.v18, 2), (.v17, 2), (.v11, nil)] as [(CardProfile, Int?)] {
            let bench = try LoginBench(roster: LoginBench.roster())
            try bench.insert(LoginBench.anPersona, as: profile) { $0.pinTriesLeft = 2 }
            let kit = try await bench.open()
            let outcome = try await bench.desk(kit).logIn(pins: [])
            guard case .askedPIN(let state, wrongBefore: false) = outcome else {
                Issue.record("\(profile): \(outcome)")
                continue
            }
            #expect(state.triesLeft == expected, "\(profile)")
            kit.store.close()
        }
    }

    @Test("a wrong PIN says how many tries are left, the right one then lets in, and the last wrong one blocks")
    func wrongPIN() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        guard case .askedPIN(let state, wrongBefore: true) = try await desk.logIn(pins: ["9999"]) else {
            Issue.record("a wrong PIN was not told")
            return
        }
        #expect(state.triesLeft == 2)
        #expect(try await desk.logIn(pins: ["8888", "1234"]).session != nil)
        let blocked = try await desk.logIn(pins: ["9999", "9999", "9999"]).failure
        #expect(blocked?.code == .login(.pinBlocked))
        #expect(blocked?.detail == CardUnblocking.byMunicipality.rawValue)
        kit.store.close()
    }

    @Test("a PIN that is blocked already is not asked for, and an applet before 1.8 is freed by the PUK")
    func blocked() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona, as: .v17) { $0.pinTriesLeft = 0 }
        let kit = try await bench.open()
        let report = try #require(try await bench.desk(kit).logIn(pins: ["1234"]).failure)
        #expect(report.code == .login(.pinBlocked))
        #expect(report.detail == CardUnblocking.byPUK.rawValue)
        kit.store.close()
    }

    @Test("a card that is not on the list is not asked for its PIN, and leaves no name")
    func stranger() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.strangerPersona)
        let kit = try await bench.open()
        let report = try #require(try await bench.desk(kit).logIn(pins: ["1234"]).failure)
        #expect(report.code == .login(.notOnRoster))
        let line = try #require(try await kit.store.journal.lines().last)
        #expect(line.event == .loginRefused)
        #expect(line.officer == nil)
        #expect(line.reason == "login.notOnRoster")
        #expect(!"\(report)".contains(LoginBench.strangerPersona.nationalNumber))
        #expect(!"\(report)".contains(LoginBench.strangerPersona.surname))
        #expect(try await kit.store.revocations.waiting().isEmpty)
        kit.store.close()
    }

    @Test("a root of tests counts for nothing on a kit that is not for training")
    func productionKit() async throws {
        let kitName = Kit(id: LoginBench.kit.id, isTraining: false)
        let bench = try LoginBench(kit: kitName, roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let report = try #require(try await bench.desk(kit).logIn(pins: ["1234"]).failure)
        #expect(report.code == .login(.cardNotProven))
        kit.store.close()
    }

    @Test(
        "a card whose chain has run out, ends in a false root or is not activated lets nobody in",
        arguments: [
            (CardProfile.expiredChain, FailureCode.login(.cardNotProven)),
            (.falseRoot, .login(.cardNotProven)), (.notActivated, .person(.cardNotActivated)),
        ])
    func uselessCards(profile: CardProfile, code: FailureCode) async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona, as: profile)
        let kit = try await bench.open()
        // The false root bears the name of Belgium's own, and no list of tests knows it.
        let desk = try bench.desk(kit, roots: profile == .falseRoot ? [] : nil)
        let outcome = try await desk.logIn(pins: ["1234"])
        #expect(outcome.failure?.code == code, "\(outcome)")
        #expect(await desk.desk.session == nil)
        kit.store.close()
    }

    @Test("no card, a bank card and a card that is pulled are the person's to mend")
    func persons() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        let kit = try await bench.open()
        #expect(
            try await bench.desk(kit, patience: .milliseconds(50)).logIn(pins: []).failure?.code
                == .person(.noCard))
        bench.reader.insert(EmulatedBankCard())
        #expect(
            try await bench.desk(kit, patience: .milliseconds(300)).logIn(pins: []).failure?.code
                == .person(.otherCard))
        try bench.insert(LoginBench.anPersona)
        let desk = try bench.desk(kit)
        guard case .askedPIN = try await desk.logIn(pins: []) else {
            Issue.record("no PIN asked")
            return
        }
        bench.reader.remove()
        await desk.desk.take(.pin(try desk.secret("1234")))
        #expect(try await desk.outcome().failure?.code == .person(.noCard))
        kit.store.close()
    }

    @Test("another person's card that is put in while the PIN is typed is not given the PIN")
    func exchanged() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        guard case .askedPIN = try await desk.logIn(pins: []) else {
            Issue.record("no PIN asked")
            return
        }
        try bench.insert(LoginBench.bartPersona)
        let pin = try desk.secret("1234")
        await desk.desk.take(.pin(pin))
        #expect(try await desk.outcome().failure?.code == .person(.cardRemoved))
        #expect(pin.isEmpty)
        #expect(await desk.desk.session == nil)
        kit.store.close()
    }

    @Test("a login that is cancelled lets nobody in, wipes what was typed, and the next one works")
    func cancelled() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        _ = try await desk.logIn(pins: [])
        await desk.desk.take(.cancel)
        let pin = try desk.secret("1234")
        await desk.desk.take(.pin(pin))
        #expect(pin.isEmpty)
        #expect(await desk.desk.session == nil)
        #expect(try await desk.logIn(pins: ["1234"]).session != nil)
        kit.store.close()
    }

    @Test("the same officer goes on; another one's login ends the first one's session, and the journal says so")
    func another() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        guard case .admitted(_, replacing: nil) = try await desk.logIn(pins: ["1234"]),
            case .admitted(_, replacing: nil) = try await desk.logIn(pins: ["1234"])
        else {
            Issue.record("the same officer replaced somebody")
            return
        }
        try bench.insert(LoginBench.bartPersona)
        guard case .admitted(let session, replacing: LoginBench.an) = try await desk.logIn(pins: ["1234"]) else {
            Issue.record("nobody was replaced")
            return
        }
        #expect(session.officer.id == LoginBench.bart)
        await desk.desk.logOut()
        #expect(await desk.desk.session == nil)
        let lines = try await kit.store.journal.lines().dropFirst()
        #expect(
            lines.map(\.event) == [
                .officerLoggedIn, .officerLoggedIn, .officerLoggedOut, .officerLoggedIn, .officerLoggedOut,
            ])
        #expect(lines.map(\.officer?.text) == ["an-07", "an-07", "an-07", "bart-08", "bart-08"])
        try await kit.store.journal.verify()
        kit.store.close()
    }

    @Test("the PIN can be typed on the reader's own keys; giving up there asks again and uses no try")
    func pinpad() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        bench.reader.fit(EmulatedPinpad(.direct, typings: [.cancels, .pin("1234")]))
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        guard case .askedPIN(let state, _) = try await desk.logIn(pins: []) else {
            Issue.record("no PIN asked")
            return
        }
        #expect(state.hasPinpad && state.triesLeft == 3)
        await desk.desk.take(.pinpad)
        guard case .askedPIN(let again, wrongBefore: false) = try await desk.outcome() else {
            Issue.record("not asked again")
            return
        }
        #expect(again.triesLeft == 3)
        await desk.desk.take(.pinpad)
        #expect(try await desk.outcome().session?.officer.proof == .card)
        kit.store.close()
    }

    @Test("a login that cannot be written down lets nobody in")
    func fullDisk() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let isFull = Mutex(false)
        let kit = try await bench.open(
            probe: StorageProbe { step throws(StoreError) in
                if step.operation == .noteLogin, step.moment == .rowsWritten, isFull.withLock({ $0 }) {
                    throw .diskFull
                }
            })
        let desk = try bench.desk(kit)
        isFull.withLock { $0 = true }
        #expect(try await desk.logIn(pins: ["1234"]).failure?.code == .store(.diskFull))
        #expect(await desk.desk.session == nil)
        isFull.withLock { $0 = false }
        #expect(try await desk.logIn(pins: ["1234"]).session != nil)
        kit.store.close()
    }

    @Test("a challenge is bound to the kit and the time, and never the same twice")
    func challenge() {
        var generator = SystemRandomNumberGenerator()
        let time = Timestamp(milliseconds: 1_795_262_400_000)
        let first = LoginChallenge(kit: KitID("k1"), at: time, using: &generator)
        #expect(first != LoginChallenge(kit: KitID("k1"), at: time, using: &generator))
        for (kit, at) in [("k2", time), ("k1", time.advanced(by: .seconds(1)))] {
            var (one, other) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
            let here = LoginChallenge(kit: KitID("k1"), at: time, using: &one)
            #expect(here != LoginChallenge(kit: KitID(kit), at: at, using: &other))
        }
    }
}
