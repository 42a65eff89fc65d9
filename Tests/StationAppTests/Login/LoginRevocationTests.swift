import DeviceEmulation
import EnrolmentCore
import Foundation
import OfflineCache
import SyncClient
import SyncProtocol
import Testing

@testable import StationApp

@Suite("Revocations of officers' cards", .enabled(if: TestResponder.isThere, "openssl is not installed"))
struct LoginRevocationTests {
    @Test("what could not be checked at the login is asked at the synchronisation, and known at the next login")
    func good() async throws {
        let (bench, kit, desk) = try await ready()
        let first = try #require(try await desk.logIn(pins: ["1234"]).session)
        #expect(first.revocation == .notChecked)
        _ = try await desk.logIn(pins: ["1234"])
        let revocations = RevocationDesk(kit, clock: bench.clock)
        let pending = try await revocations.pending()
        #expect(pending.count == 1)
        let asked = try #require(pending.first)
        #expect(asked.question.kind == .ocsp && asked.question.url.hasPrefix("http"))
        try await revocations.answer(
            asked.id, with: try bench.responder().answer(asked.question.request, isRevoked: false))
        #expect(try await revocations.pending().isEmpty)
        let second = try #require(try await desk.logIn(pins: ["1234"]).session)
        #expect(second.revocation == .notRevoked)
        // It may be revoked since: every login asks.
        #expect(try await revocations.pending().map(\.question) == [asked.question])
        kit.store.close()
    }

    @Test("a card that was revoked lets nobody in from then on, and the journal tells of it without a name")
    func revoked() async throws {
        let (bench, kit, desk) = try await ready()
        _ = try await desk.logIn(pins: ["1234"])
        let revocations = RevocationDesk(kit, clock: bench.clock)
        let asked = try #require(try await revocations.pending().first)
        try await revocations.answer(
            asked.id, with: try bench.responder().answer(asked.question.request, isRevoked: true))
        let line = try #require(try await kit.store.journal.lines().last)
        #expect(line.event == .certificateRevoked && line.officer == nil && line.reason == "ocsp")
        // Long after the answer has aged: that it was revoked stays so, and is not tidied away.
        bench.clock.move(by: 40 * 86_400)
        try await revocations.tidy()
        let report = try #require(try await desk.logIn(pins: ["1234"]).failure)
        #expect(report.code == .login(.cardNotProven))
        #expect(report.detail == "revoked")
        kit.store.close()
    }

    @Test(
        "a card that was revoked lets nobody in for a damaged answer either, and is asked about again",
        arguments: [
            "kind = 'crl'", "fetched_at = fetched_at + 1", "mac = zeroblob(32)", "sealed = zeroblob(200)",
            "id = id + 40",
            "sealed_subject = zeroblob(200)",
        ])
    func damagedAnswer(_ change: String) async throws {
        var (bench, kit, desk) = try await ready()
        _ = try await desk.logIn(pins: ["1234"])
        var revocations = RevocationDesk(kit, clock: bench.clock)
        var asked = try #require(try await revocations.pending().first)
        let request = asked.question.request
        try await revocations.answer(asked.id, with: try bench.responder().answer(request, isRevoked: true))
        kit.store.close()
        try bench.edit("UPDATE revocation_evidence SET \(change)")
        kit = try await bench.open()
        #expect(kit.recovery.changedRows.map(\.table) == ["revocation_evidence"])
        (desk, revocations) = (try bench.desk(kit), RevocationDesk(kit, clock: bench.clock))
        try await revocations.tidy()
        let refused = try #require(try await desk.logIn(pins: ["1234"]).failure)
        #expect(refused.code == .login(.cardNotProven) && refused.detail == "cannotBeChecked")
        asked = try #require(try await revocations.pending().first)
        #expect(asked.question.request == request)
        // Another officer is held up only where nobody can tell whom it was about.
        try bench.insert(LoginBench.bartPersona)
        let isAboutAnybody = change.contains("id =") || change.contains("subject")
        #expect(try await (desk.logIn(pins: ["1234"]).session == nil) == isAboutAnybody)
        try await revocations.answer(asked.id, with: try bench.responder().answer(request, isRevoked: true))
        #expect(try await kit.store.revocations.held().damaged.isEmpty)
        #expect(try await desk.logIn(pins: ["1234"]).session?.officer.id == LoginBench.bart)
        try bench.insert(LoginBench.anPersona)
        #expect(try await desk.logIn(pins: ["1234"]).failure?.detail == "revoked")
        kit.store.close()
    }

    @Test("a card that is good is let in again once its damaged answer was given anew")
    func damagedGood() async throws {
        var (bench, kit, desk) = try await ready()
        _ = try await desk.logIn(pins: ["1234"])
        let first = try #require(try await RevocationDesk(kit, clock: bench.clock).pending().first)
        let good = try bench.responder().answer(first.question.request, isRevoked: false)
        try await RevocationDesk(kit, clock: bench.clock).answer(first.id, with: good)
        kit.store.close()
        try bench.edit("UPDATE revocation_evidence SET sealed = zeroblob(200)")
        kit = try await bench.open()
        desk = try bench.desk(kit)
        #expect(try await desk.logIn(pins: ["1234"]).session == nil)
        let asked = try #require(try await RevocationDesk(kit, clock: bench.clock).pending().first)
        try await RevocationDesk(kit, clock: bench.clock).answer(asked.id, with: good)
        #expect(try await desk.logIn(pins: ["1234"]).session?.revocation == .notRevoked)
        kit.store.close()
    }

    @Test("an answer that its authority did not sign is not taken, and the question goes on waiting")
    func forged() async throws {
        let (bench, kit, desk) = try await ready()
        _ = try await desk.logIn(pins: ["1234"])
        let revocations = RevocationDesk(kit, clock: bench.clock)
        let asked = try #require(try await revocations.pending().first)
        var answer = try bench.responder().answer(asked.question.request, isRevoked: false)
        // Within what is signed; behind it lies the signer's certificate, which is the authority's own.
        answer[60] ^= 1
        for der in [answer, [], [0x30], Array("no answer".utf8)] {
            try await revocations.answer(asked.id, with: der)
            #expect(try await revocations.pending() == [asked])
        }
        try await revocations.answer("77", with: answer)
        try await revocations.leaveUnanswered(asked.id, because: .responderUnreachable)
        try await revocations.leaveUnanswered(asked.id, because: nil)
        #expect(try await revocations.pending() == [asked])
        try await revocations.leaveUnanswered(asked.id, because: .responderNotAllowed)
        #expect(try await revocations.pending().isEmpty)
        kit.store.close()
    }

    @Test("an answer that has grown old is not counted, is asked for again, and is tidied away")
    func old() async throws {
        let (bench, kit, desk) = try await ready()
        _ = try await desk.logIn(pins: ["1234"])
        let revocations = RevocationDesk(kit, clock: bench.clock)
        let asked = try #require(try await revocations.pending().first)
        try await revocations.answer(
            asked.id, with: try bench.responder().answer(asked.question.request, isRevoked: false))
        bench.clock.move(by: 40 * 86_400)
        try await revocations.tidy()
        #expect(try await kit.store.revocations.evidence().isEmpty)
        #expect(try await desk.logIn(pins: ["1234"]).session?.revocation == .notChecked)
        #expect(try await revocations.pending().count == 1)
        kit.store.close()
    }

    @Test("one list of revoked certificates answers for everybody whose authority signed it")
    func list() async throws {
        var shape = TestCardAuthority.Shape()
        shape.revocation = TestCardRevocation(ocsp: "ldap://nobody.example")
        let (bench, kit, desk) = try await ready(TestCardAuthority(.ellipticCurve, shape: shape))
        #expect(try await desk.logIn(pins: ["1234"]).session?.officer.id == LoginBench.an)
        try bench.insert(LoginBench.bartPersona)
        #expect(try await desk.logIn(pins: ["1234"]).session?.revocation == .notChecked)
        #expect(try await kit.store.revocations.waiting().count == 2)
        let revocations = RevocationDesk(kit, clock: bench.clock)
        let pending = try await revocations.pending()
        #expect(pending.map(\.question.kind) == [.crl])
        let asked = try #require(pending.first)
        // Bart's card is on it.
        try await revocations.answer(asked.id, with: try bench.responder(for: LoginBench.bartPersona).list())
        #expect(try await revocations.pending().isEmpty)
        #expect(try await desk.logIn(pins: ["1234"]).failure?.detail == "revoked")
        try bench.insert(LoginBench.anPersona)
        #expect(try await desk.logIn(pins: ["1234"]).session?.revocation == .notRevoked)
        kit.store.close()
    }

    /// Answers of openssl bear the time of this machine, so the kit's clock does too.
    private func ready(
        _ authority: TestCardAuthority? = nil
    ) async throws -> (LoginBench, OpenKit, DeskAttendant) {
        let bench = try LoginBench(roster: LoginBench.roster(days: 20_000))
        if let authority { bench.authorities.withLock { $0[.v18] = authority } }
        let now = SystemClock().now().since(bench.clock.now()).components.seconds
        bench.clock.move(by: max(0, now))
        try bench.insert(LoginBench.anPersona)
        let kit = try await bench.open()
        return (bench, kit, try bench.desk(kit))
    }
}

extension LoginBench {
    /// The authority of a person's card, which answers about it.
    func responder(for persona: CardPersona = LoginBench.anPersona) throws -> TestResponder {
        guard let certificate = try image(of: persona).files[.authenticationCertificate] else {
            throw LoginTestError.noCard
        }
        let authority = try authority(.v18)
        return TestResponder(
            authority: authority.citizenAuthorityCertificate, key: try authority.key(.authority).pem,
            certificate: certificate)
    }
}

/// `openssl ocsp` as the authority's responder.
struct TestResponder {
    static let isThere = FileManager.default.isExecutableFile(atPath: program)
    private static let program = "/usr/bin/openssl"

    let authority: [UInt8]
    let key: String
    /// The one that it knows.
    let certificate: [UInt8]

    func answer(_ request: [UInt8], isRevoked: Bool) throws -> [UInt8] {
        let folder = try prepare(isRevoked: isRevoked)
        try Data(request).write(to: folder.url.appending(path: "request.der"))
        try run(
            [
                "ocsp", "-index", "index.txt", "-CA", "authority.pem", "-rsigner", "authority.pem", "-rkey",
                "authority.key", "-reqin", "request.der", "-respout", "response.der", "-ndays", "7", "-rmd", "sha256",
            ], in: folder.url)
        return [UInt8](try Data(contentsOf: folder.url.appending(path: "response.der")))
    }

    /// The list of what it has revoked: the certificate.
    func list() throws -> [UInt8] {
        let folder = try prepare(isRevoked: true)
        let configuration = """
            [ca]
            default_ca=ca_default
            [ca_default]
            database=index.txt
            default_md=sha384
            default_crl_days=7
            """
        try Data(configuration.utf8).write(to: folder.url.appending(path: "ca.cnf"))
        try run(
            [
                "ca", "-gencrl", "-config", "ca.cnf", "-keyfile", "authority.key", "-cert", "authority.pem", "-out",
                "list.pem",
            ], in: folder.url)
        try run(["crl", "-in", "list.pem", "-outform", "DER", "-out", "list.der"], in: folder.url)
        return [UInt8](try Data(contentsOf: folder.url.appending(path: "list.der")))
    }

    /// A folder with the authority, its key, and its book with the one certificate.
    private func prepare(isRevoked: Bool) throws -> TestFolder {
        let folder = try TestFolder()
        func write(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: folder.url.appending(path: name))
        }
        try write(Array(Self.pem(authority).utf8), "authority.pem")
        try write(Array(key.utf8), "authority.key")
        try write(certificate, "certificate.der")
        try run(
            ["x509", "-inform", "DER", "-in", "certificate.der", "-noout", "-serial", "-out", "serial"],
            in: folder.url)
        let text = try String(contentsOf: folder.url.appending(path: "serial"), encoding: .utf8)
        let serial = text.split(separator: "=").last.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) } ?? ""
        let line = isRevoked ? "R\t391231235959Z\t250101120000Z" : "V\t391231235959Z\t"
        try write(Array("\(line)\t\(serial)\tunknown\t/CN=TEST\n".utf8), "index.txt")
        return folder
    }

    private func run(_ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: Self.program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw LoginTestError.ended }
    }

    private static func pem(_ der: [UInt8]) -> String {
        let base64 = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
    }
}
