import EnrolmentCore
import Logging
import SyncProtocol
import Testing

@testable import CentralServer

@Suite("Questions about revocations, through central")
struct ResponderDeskTests {
    private static let request: [UInt8] = [0x30, 0x03, 0x0A, 0x01, 0x05]
    private static let response: [UInt8] = [0x30, 0x81, 0x80] + [UInt8](repeating: 7, count: 0x80)

    private func desk(
        _ rules: [ResponderRule], time: Duration = .seconds(300), openQuestions: Int = 4
    ) -> ResponderDesk {
        var limits = CentralLimits()
        limits.responderTime = time
        limits.openQuestions = openQuestions
        var logger = Logger(label: "desk")
        logger.logLevel = .critical
        return ResponderDesk(rules: rules, limits: limits, logger: logger)
    }

    private func code(_ desk: ResponderDesk, _ question: RevocationQuestion) async -> RefusalCode? {
        do {
            _ = try await desk.ask(question)
            return nil
        } catch {
            return (error as? Refused)?.code
        }
    }

    private func url(_ responder: ScriptedResponder, _ path: String = "/eid") -> String {
        "http://127.0.0.1:\(responder.port)\(path)"
    }

    @Test("An OCSP request goes out as it is, by POST, and the answer comes back as it is")
    func ocsp() async throws {
        try await ScriptedResponder.run(.der(Self.response)) { responder in
            let desk = desk([try ResponderRule(configured: url(responder))])
            let question = RevocationQuestion(kind: .ocsp, url: url(responder, "/eid/brca6"), request: Self.request)
            #expect(try await desk.ask(question) == Self.response)
            let asked = try #require(responder.questions.first)
            let text = String(decoding: asked, as: UTF8.self)
            #expect(text.hasPrefix("POST /eid/brca6 HTTP/1.1\r\n"))
            #expect(text.lowercased().contains("content-type: application/ocsp-request\r\n"))
            #expect(Array(asked.suffix(Self.request.count)) == Self.request)
        }
    }

    @Test("A revocation list is fetched by GET")
    func list() async throws {
        let body = [0x30, 0x83, 0x10, 0, 0] + [UInt8](repeating: 1, count: 0x10_0000)
        try await ScriptedResponder.run(.der(body)) { responder in
            let desk = desk([try ResponderRule(configured: "http://localhost:\(responder.port)")])
            let question = RevocationQuestion(kind: .crl, url: "http://localhost:\(responder.port)/eid/brca6.crl")
            #expect(try await desk.ask(question) == body)
            let asked = String(decoding: try #require(responder.questions.first), as: UTF8.self)
            #expect(asked.hasPrefix("GET /eid/brca6.crl HTTP/1.1\r\n"))
            #expect(asked.lowercased().contains("host: localhost:\(responder.port)\r\n"))
        }
    }

    private static let unusableAnswers: [(String, ScriptedResponder.Script)] = [
        ("a page", .der(Array("<html>log in first</html>".utf8))),
        ("nothing", .der([])),
        ("half of a list", .der(Array(response.dropLast()))),
        ("a list and more", .der(response + [0])),
        ("an error", .answer(status: "500 No", headers: "", body: response)),
        ("no content", .answer(status: "204 None", headers: "", body: [])),
        ("ten megabytes", .der([0x30, 0x83, 0xA0, 0, 0] + [UInt8](repeating: 0, count: 0xA0_0000))),
    ]

    @Test("What is no answer is not passed on", arguments: unusableAnswers.indices)
    func unusable(index: Int) async throws {
        let (name, script) = Self.unusableAnswers[index]
        try await ScriptedResponder.run(script) { responder in
            let desk = desk([try ResponderRule(configured: url(responder))])
            for question in [
                RevocationQuestion(kind: .crl, url: url(responder)),
                RevocationQuestion(kind: .ocsp, url: url(responder), request: Self.request),
            ] {
                #expect(await code(desk, question) == .responderAnswerUnusable, "\(name)")
            }
        }
    }

    @Test("A redirect is not followed, not even to an address that may be asked")
    func redirect() async throws {
        try await ScriptedResponder.run(.der(Self.response)) { other in
            let location = "Location: \(url(other))\r\n"
            let script = ScriptedResponder.Script.answer(status: "302 Found", headers: location, body: [])
            try await ScriptedResponder.run(script) { responder in
                let desk = desk([
                    try ResponderRule(configured: url(responder)), try ResponderRule(configured: url(other)),
                ])
                #expect(
                    await code(desk, RevocationQuestion(kind: .crl, url: url(responder))) == .responderAnswerUnusable)
            }
            #expect(other.questions.isEmpty)
        }
    }

    private static let absentResponders: [(String, ScriptedResponder.Script)] = [
        ("silent", .silence), ("silent after the head", .headOnly), ("gone", .raw([])),
        ("not speaking HTTP", .raw(Array("SSH-2.0-x\r\n".utf8))),
    ]

    @Test("A responder that does not answer is given up in time", arguments: absentResponders.indices)
    func absent(index: Int) async throws {
        let (name, script) = Self.absentResponders[index]
        try await ScriptedResponder.run(script) { responder in
            let desk = desk([try ResponderRule(configured: url(responder))], time: .milliseconds(300))
            #expect(
                await code(desk, RevocationQuestion(kind: .crl, url: url(responder))) == .responderUnreachable,
                "\(name)")
        }
    }

    @Test("Nobody there is a responder that cannot be reached")
    func nobody() async throws {
        let port = try await ScriptedResponder.run(.silence) { $0.port }
        let desk = desk([try ResponderRule(configured: "http://127.0.0.1:\(port)")])
        let question = RevocationQuestion(kind: .crl, url: "http://127.0.0.1:\(port)/x")
        #expect(await code(desk, question) == .responderUnreachable)
    }

    @Test("A kit cannot make central ask anybody else")
    func foreignAddresses() async throws {
        try await ScriptedResponder.run(.der(Self.response)) { responder in
            let port = responder.port
            let desk = desk(ResponderRule.belgian + [try ResponderRule(configured: "http://localhost:\(port)/eid")])
            let refused = [
                "http://127.0.0.1:\(port)/eid": RefusalCode.responderNotAllowed,
                "http://localhost:\(port)/": .responderNotAllowed,
                "http://localhost:\(port)/eidx": .responderNotAllowed,
                "http://localhost:\(port + 1)/eid": .responderNotAllowed,
                "http://ocsp.eid.belgium.be:\(port)/": .responderNotAllowed,
                "http://ocsp.eid.belgium.be.example/": .responderNotAllowed,
                "https://localhost:\(port)/eid": .invalidQuestion,
                "http://localhost:\(port)/eid/../x": .invalidQuestion,
                "http://localhost:\(port)/eid/%2e%2e/x": .invalidQuestion,
                "http://ocsp.eid.belgium.be@localhost:\(port)/eid": .invalidQuestion,
                "http://localhost:\(port)/eid?x": .invalidQuestion, "http://localhost:\(port)/eid#x": .invalidQuestion,
                "http://localhost:\(port)\\@x/eid": .invalidQuestion, "http://[::1]:\(port)/eid": .invalidQuestion,
                "file:///etc/passwd": .invalidQuestion, "": .invalidQuestion,
            ]
            for (url, expected) in refused {
                #expect(await code(desk, RevocationQuestion(kind: .crl, url: url)) == expected, "\(url)")
            }
            #expect(responder.questions.isEmpty)
        }
    }

    @Test("A name that everybody knows is not asked where DNS puts it in a private network")
    func privateAddress() async throws {
        try await ScriptedResponder.run(.der(Self.response)) { responder in
            let desk = desk([try ResponderRule(known: "http://localhost:\(responder.port)")])
            let question = RevocationQuestion(kind: .crl, url: "http://localhost:\(responder.port)/x")
            #expect(await code(desk, question) == .responderNotAllowed)
            #expect(responder.questions.isEmpty)
        }
    }

    @Test("What is no request is not sent", arguments: [[0x30, 0x05, 1], [0x04, 0x01, 1], [UInt8(0x30)]])
    func noRequest(bytes: [UInt8]) async throws {
        let question = RevocationQuestion(kind: .ocsp, url: "http://ocsp.eid.belgium.be/", request: bytes)
        #expect(await code(desk(ResponderRule.belgian), question) == .invalidQuestion)
    }

    @Test("Only so many questions are under way, and each place is given back")
    func turns() async throws {
        let port = try await ScriptedResponder.run(.silence) { $0.port }
        let nobody = "http://127.0.0.1:\(port)"
        try await ScriptedResponder.run(.silence) { responder in
            let rules = [try ResponderRule(configured: url(responder)), try ResponderRule(configured: nobody)]
            let desk = desk(rules, openQuestions: 1)
            let question = RevocationQuestion(kind: .crl, url: url(responder))
            let asking = Task { await code(desk, question) }
            await responder.waitForQuestion()
            #expect(await code(desk, question) == .tooManyQuestions)
            asking.cancel()
            _ = await asking.value
            #expect(await code(desk, RevocationQuestion(kind: .crl, url: nobody + "/x")) == .responderUnreachable)
        }
    }

    @Test("A kit asks over its own connection; whoever is no kit asks nothing")
    func route() async throws {
        try await ScriptedResponder.run(.der(Self.response)) { responder in
            try await TemporaryFolder.run { folder in
                var configuration = CentralConfiguration(directory: folder)
                configuration.logger.logLevel = .critical
                configuration.responders.append(try ResponderRule(configured: url(responder)))
                try await Bench.run(configuration) { bench in
                    let ask = { (body: [UInt8], type: String) in
                        try await bench.kit.send(
                            "POST", SyncRoute.revocation.path, headers: [(SyncHeader.contentType, type)], body: body)
                    }
                    let question = RevocationQuestion(kind: .ocsp, url: url(responder), request: Self.request)
                    let answer = try await ask(question.encoded(), SyncMediaType.json)
                    #expect(answer.status == 200 && answer.body == Self.response)
                    #expect(answer.headers["content-type"] == "application/ocsp-response")
                    #expect(try await ask(question.encoded(), "text/plain").code == .unsupportedMediaType)
                    #expect(try await ask(Array("{}".utf8), SyncMediaType.json).code == .invalidQuestion)
                    let long = [UInt8](repeating: 0x20, count: RevocationQuestion.largestBody + 1)
                    #expect(try await ask(long, SyncMediaType.json).code == .tooLarge)
                    let foreign = RevocationQuestion(kind: .crl, url: "http://127.0.0.1:1/")
                    #expect(try await ask(foreign.encoded(), SyncMediaType.json).code == .responderNotAllowed)
                    let path = SyncRoute.revocation.path
                    #expect(try await bench.kit.send("GET", path).code == .methodNotAllowed)
                    _ = try await bench.central.registerKit(KitID("kit-1"), replacing: true)
                    #expect(try await ask(question.encoded(), SyncMediaType.json).code == .unknownKit)
                    #expect(responder.questions.count == 1)
                }
            }
        }
    }
}
