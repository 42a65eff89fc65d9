import EnrolmentCore
import Testing

@testable import StationApp

@Suite("A login without screens")
struct LoginScriptTests {
    @Test("says whose card it is and the tries left before the PIN is given, then lets in")
    func byCard() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona) { $0.pinTriesLeft = 2 }
        let kit = try await bench.open()
        let desk = try bench.desk(kit).desk
        let session = try await ScriptedLogin(desk).byCard { question throws(FailureReport) in
            guard question.officer == LoginBench.an, question.state.triesLeft == 2, !question.wrongBefore else {
                return nil
            }
            for byte in "1234".utf8 { question.entry.append(byte) }
            return .typed(question.entry)
        }
        #expect(session.officer.proof == .card)
        #expect(await desk.session == session)
        kit.store.close()
    }

    @Test("a wrong PIN is used up once, and whoever gives up after it is told how many tries are left")
    func wrong() async throws {
        let bench = try LoginBench(roster: LoginBench.roster())
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        let login = ScriptedLogin(try bench.desk(kit).desk)
        let report = await #expect(throws: FailureReport.self) {
            _ = try await login.byCard { question throws(FailureReport) in
                if question.wrongBefore { return nil }
                for byte in "0000".utf8 { question.entry.append(byte) }
                return .typed(question.entry)
            }
        }
        #expect(report?.code == .login(.wrongPIN))
        #expect(report?.detail == "tries left 2")
        let givenUp = await #expect(throws: FailureReport.self) {
            _ = try await login.byCard { _ throws(FailureReport) in nil }
        }
        #expect(givenUp?.code == .login(.needed))
        kit.store.close()
    }

    @Test("the status of a kit counts its officers and names none")
    func status() async throws {
        let bench = try LoginBench(roster: LoginBench.roster(version: 3))
        let kit = try await bench.open()
        let status = try await LoginStatus.of(kit, clock: bench.clock)
        #expect(status.roster == .valid && status.rosterVersion == 3 && status.officers == 2)
        #expect(status.cardRootsVersion >= 1 && status.questionsWaiting == 0)
        #expect(!"\(status)".contains(LoginBench.anPersona.nationalNumber))
        bench.clock.move(by: 30 * 86_400)
        #expect(try await LoginStatus.of(kit, clock: bench.clock).roster == .expired)
        kit.store.close()
        let without = try LoginBench()
        let other = try await without.open()
        #expect(try await LoginStatus.of(other, clock: without.clock).roster == .none)
        other.store.close()
    }
}
