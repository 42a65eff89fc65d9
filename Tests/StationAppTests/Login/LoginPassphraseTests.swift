import EnrolmentCore
import OfflineCache
import PacketFormat
import Testing

@testable import StationApp

@Suite("An officer's passphrase in the place of the card")
struct LoginPassphraseTests {
    private static let phrase = "een zin van de proef"

    @Test("is set after a login by card, then lets in without one")
    func setAndUse() async throws {
        let (bench, kit, desk) = try await ready()
        let session = try #require(try await desk.logIn(LoginBench.an, passphrase: Self.phrase).session)
        #expect(session.officer == Officer(id: LoginBench.an, proof: .passphrase))
        #expect(session.revocation == .notApplicable)
        #expect(try await kit.store.journal.lines().suffix(2).map(\.event) == [.passphraseSet, .officerLoggedIn])
        #expect(try await kit.store.journal.lines().last?.reason == "passphrase")
        _ = bench
        kit.store.close()
    }

    @Test("is nothing for whom the list does not let use one, nor for who is not on it, nor where none was set")
    func notAllowed() async throws {
        let (bench, kit, desk) = try await ready()
        for officer in [LoginBench.bart, OfficerID("nobody")] {
            let report = try #require(try await desk.logIn(officer, passphrase: Self.phrase).failure)
            #expect(report.code == .login(.passphraseNotAllowed))
            #expect(report.detail == "")
        }
        #expect(try await kit.store.journal.lines().suffix(2).map(\.officer) == [LoginBench.bart, nil])
        try bench.insert(LoginBench.bartPersona)
        #expect(try await desk.logIn(pins: ["1234"]).session != nil)
        let entry = try desk.secret(Self.phrase)
        let report = await #expect(throws: FailureReport.self) { try await desk.desk.setPassphrase(entry) }
        #expect(report?.code == .login(.passphraseNotAllowed))
        #expect(entry.isEmpty)
        kit.store.close()
    }

    @Test("cannot be set without a login by card, nor be short")
    func setting() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        let none = await #expect(throws: FailureReport.self) {
            try await desk.desk.setPassphrase(try desk.secret(Self.phrase))
        }
        #expect(none?.code == .login(.needed))
        #expect(try await desk.logIn(pins: ["1234"]).session != nil)
        let short = await #expect(throws: FailureReport.self) {
            try await desk.desk.setPassphrase(try desk.secret("éééééééééé123"))
        }
        #expect(short?.detail == "fewer than 14 characters")
        try await desk.desk.setPassphrase(try desk.secret("éééééééééé1234"))
        kit.store.close()
    }

    @Test("wrong ones make waits that double, over restarts of the program and a clock that is set back or forward")
    func rateLimit() async throws {
        let (bench, first, desk) = try await ready()
        for left in [2, 1] {
            let report = try await desk.logIn(LoginBench.an, passphrase: "fout").failure
            #expect(report?.code == .login(.wrongPassphrase))
            #expect(report?.detail == "tries left \(left)")
        }
        let third = try await desk.logIn(LoginBench.an, passphrase: "fout").failure
        #expect(third?.code == .login(.tooManyTries))
        #expect(third?.detail.hasPrefix("60 s, until ") == true)
        first.store.close()

        for shift in [0, -86_400, 86_400 * 3] as [Int64] {
            bench.clock.move(by: shift)
            let kit = try await bench.open()
            let report = try await bench.desk(kit).logIn(LoginBench.an, passphrase: Self.phrase).failure
            #expect(report?.code == .login(.tooManyTries), "\(shift)")
            kit.store.close()
        }
        bench.uptime.move(by: 62)
        let kit = try await bench.open()
        let again = try bench.desk(kit)
        #expect(try await again.logIn(LoginBench.an, passphrase: "fout").failure?.detail.hasPrefix("120 s") == true)
        // The card is not held up by it.
        #expect(try await again.logIn(pins: ["1234"]).session != nil)
        bench.uptime.move(by: 122)
        #expect(try await again.logIn(LoginBench.an, passphrase: Self.phrase).session != nil)
        kit.store.close()
    }

    @Test("that is right opens nothing any more when the login was cancelled meanwhile")
    func cancelled() async throws {
        let (bench, kit, desk) = try await ready()
        await desk.desk.logOut()
        let before = try await kit.store.journal.lines().count
        await desk.desk.take(.passphrase(LoginBench.an, try desk.secret(Self.phrase)))
        await desk.desk.take(.cancel)
        await desk.desk.close()
        #expect(await desk.desk.session == nil)
        for await update in desk.desk.updates {
            if case .admitted = update { Issue.record("\(update)") }
            // The login by card before it had still to say that it was done.
            if case .news(.done(let officer)) = update { #expect(officer?.proof == .card) }
        }
        #expect(try await kit.store.journal.lines().dropFirst(before).allSatisfy { $0.event != .officerLoggedIn })
        _ = bench
        kit.store.close()
    }

    @Test("that is wrong says nothing of what is left once the login was cancelled: the next one may be another's")
    func lateTries() async throws {
        let (bench, kit, desk) = try await ready()
        await desk.desk.take(.passphrase(LoginBench.an, try desk.secret("fout")))
        await desk.desk.take(.cancel)
        await desk.desk.close()
        for await update in desk.desk.updates {
            if case .news(.tries) = update { Issue.record("\(update)") }
        }
        // It was tried, and counts.
        let again = try bench.desk(kit)
        #expect(try await again.logIn(LoginBench.an, passphrase: "fout").failure?.detail == "tries left 1")
        kit.store.close()
    }

    @Test("that is typed into what the desk lent for it lets in, as at the screens")
    func lent() async throws {
        let (bench, kit, desk) = try await ready()
        await desk.desk.logOut()
        await desk.desk.take(.wantPassphrase)
        for await update in desk.desk.updates {
            guard case .news(.askPassphrase(let entry)) = update else { continue }
            for byte in Self.phrase.utf8 { entry.append(byte) }
            await desk.desk.take(.passphrase(LoginBench.an, entry))
            #expect(try await desk.outcome().session?.officer.proof == .passphrase)
            #expect(entry.isEmpty)
            break
        }
        _ = bench
        kit.store.close()
    }

    @Test("is wiped from where it was typed, right or wrong")
    func wiped() async throws {
        let (bench, kit, desk) = try await ready()
        for text in [Self.phrase, "fout"] {
            let entry = try desk.secret(text)
            await desk.desk.take(.passphrase(LoginBench.an, entry))
            _ = try await desk.outcome()
            #expect(entry.isEmpty)
        }
        _ = bench
        kit.store.close()
    }

    /// A kit on which An has set her passphrase.
    private func ready() async throws -> (LoginBench, OpenKit, DeskAttendant) {
        let bench = try LoginBench(roster: LoginBench.roster(days: 30))
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let desk = try bench.desk(kit)
        _ = try #require(try await desk.logIn(pins: ["1234"]).session)
        try await desk.desk.setPassphrase(try desk.secret(Self.phrase))
        return (bench, kit, desk)
    }
}
