import CentralServer
import EnrolmentCore
import OfflineCache
import PacketFormat
import SyncProtocol
import Synchronization
import Testing

@testable import SyncClient

/// A kit's lists in memory.
private actor KeptLists: SyncListStore {
    private(set) var lists: [SignedListKind: SignedList] = [:]
    private let held: Int?
    private let failure: StoreError?

    /// - Parameters:
    ///   - held: the version that it says it holds while it was given none.
    ///   - failure: what happens when it should keep one.
    init(holding held: Int? = nil, failing failure: StoreError? = nil) {
        self.held = held
        self.failure = failure
    }

    func version(of kind: SignedListKind) throws(StoreError) -> Int? { lists[kind]?.version ?? held }

    func replace(by list: SignedList) throws(StoreError) {
        if let failure { throw failure }
        lists[list.kind] = list
    }
}

/// Questions in memory, and what became of them.
private actor AskedQuestions: RevocationQuestions {
    enum Ending: Hashable {
        case answered([UInt8])
        case unanswered(RefusalCode?)
    }

    private let questions: [RevocationQuestion]
    private(set) var endings: [String: Ending] = [:]

    init(_ questions: [RevocationQuestion]) { self.questions = questions }

    func pending() -> [PendingRevocation] {
        questions.enumerated().map { PendingRevocation(id: "q\($0.offset)", question: $0.element) }
    }

    func answer(_ id: String, with der: [UInt8]) { endings[id] = .answered(der) }
    func leaveUnanswered(_ id: String, because code: RefusalCode?) { endings[id] = .unanswered(code) }
}

@Suite("Lists and revocations at a sync with the real central")
struct CardListsTests {
    private static let officer = RosterOfficer(id: OfficerID("S1"), nationalNumber: NationalNumber("71020300016"))

    private func answer(_ status: Int, _ body: [UInt8] = []) -> Result<SyncAnswer, ExchangeFailure> {
        .success(SyncAnswer(status: status, headers: [SyncHeader.tusResumable: TusCapabilities.version], body: body))
    }

    @Test("what is newer is fetched once, and the next sync finds nothing to do")
    func fetching() async throws {
        let bench = try await CentralBench()
        let kept = KeptLists()
        #expect(try await bench.sync(lists: kept).lists == [.roster: .none, .cardRoots: .none])
        try await bench.central.lists.add(Self.officer, to: KitID("kit-07"))
        try await bench.central.lists.publish(cardRoots: Array(#"{"version":5}"#.utf8))
        #expect(try await bench.sync(lists: kept).lists == [.roster: .replaced(1), .cardRoots: .replaced(5)])
        #expect(await kept.lists[.roster]?.roster?.officers == [Self.officer])
        #expect(try await bench.sync(lists: kept).lists == [.roster: .unchanged, .cardRoots: .unchanged])
        try await bench.central.lists.remove(OfficerID("S1"), from: KitID("kit-07"))
        #expect(try await bench.sync(lists: kept).lists == [.roster: .replaced(2), .cardRoots: .unchanged])
        #expect(await kept.lists[.roster]?.roster?.officers == [])
        await bench.stop()
    }

    @Test("a list that is not believed is named, the kit keeps its own, and the packets go over all the same")
    func badLists() async throws {
        let bench = try await CentralBench()
        let signer = ListSigner(key: try bench.receiptKey())
        let now = SystemWallClock().now()
        let foreign = try signer.sign(
            OfficerRoster(
                version: 9, kit: KitID("kit-08"), issuedAt: now, validUntil: now.advanced(by: .seconds(60)),
                officers: [Self.officer])
        ).compact
        let roots = try signer.sign(cardRoots: Array(#"{"version":9}"#.utf8)).compact
        let older = try signer.sign(cardRoots: Array(#"{"version":3}"#.utf8)).compact
        let forged = try ListSigner(key: ReceiptSigningKey()).sign(cardRoots: Array(#"{"version":9}"#.utf8)).compact
        let parts = roots.split(separator: ".")
        let other = try signer.sign(cardRoots: Array(#"{"version":8}"#.utf8)).compact.split(separator: ".")
        let tampered = Array("\(parts[0]).\(other[1]).\(parts[2])".utf8)
        let long = [UInt8](repeating: 0x41, count: SignedList.largestByteCount)
        let cases: [(SignedListKind, [UInt8], ListOutcome)] = [
            (.roster, Array(foreign.utf8), .refused(.otherKit)),
            (.roster, Array(roots.utf8), .refused(.otherType)),
            (.cardRoots, Array(foreign.utf8), .refused(.otherType)),
            (.cardRoots, Array(older.utf8), .refused(.olderVersion(held: 4, found: 3))),
            (.cardRoots, Array(forged.utf8), .refused(.unknownKey)),
            (.cardRoots, tampered, .refused(.wrongSignature)),
            (.cardRoots, long, .refused(.malformed)), (.cardRoots, [], .refused(.malformed)),
            (.cardRoots, [0xFF, 0xFE], .refused(.malformed)),
        ]
        for (index, (kind, body, outcome)) in cases.enumerated() {
            let kept = KeptLists(holding: 4)
            let packet = try await bench.seal("c\(index)", patternedBytes(1000, seed: UInt64(index)))
            let report = try await bench.sync(lists: kept, falsifying: [SyncRoute.list(kind).path: answer(200, body)])
            #expect(report.lists[kind] == outcome, "\(index)")
            #expect(report.received == [packet.id] && report.stopped == nil, "\(index)")
            #expect(await kept.lists.isEmpty, "\(index)")
        }
        await bench.stop()
    }

    @Test("an answer that is not central's is no list, and an older central has none")
    func otherAnswers() async throws {
        let bench = try await CentralBench()
        let portal = SyncAnswer(status: 200, body: Array("<html>".utf8))
        let noRoute = try Problem(.noSuchRoute).encoded()
        let cases: [(Result<SyncAnswer, ExchangeFailure>, ListOutcome, next: ListOutcome)] = [
            (.success(portal), .notFetched, .none), (answer(503), .notFetched, .none),
            (answer(304), .notFetched, .none), (answer(404, noRoute), .none, .none),
            // Nobody is asked again who has just not answered.
            (.failure(.interrupted), .notFetched, .notFetched), (.failure(.notHTTP), .notFetched, .notFetched),
        ]
        for (index, (result, outcome, next)) in cases.enumerated() {
            let packet = try await bench.seal("c\(index)", patternedBytes(1000, seed: UInt64(index)))
            let report = try await bench.sync(
                lists: KeptLists(), falsifying: [SyncRoute.list(.roster).path: result])
            #expect(report.lists == [.roster: outcome, .cardRoots: next], "\(index)")
            #expect(report.received == [packet.id], "\(index)")
        }
        await bench.stop()
    }

    @Test("a list that the disk does not take is not taken, and is fetched again at the next sync")
    func fullDisk() async throws {
        let bench = try await CentralBench()
        try await bench.central.lists.add(Self.officer, to: KitID("kit-07"))
        let packet = try await bench.seal("c1", patternedBytes(1000, seed: 1))
        let report = try await bench.sync(lists: KeptLists(failing: .diskFull))
        #expect(report.lists[.roster] == .notKept)
        #expect(report.received == [packet.id])
        #expect(try await bench.sync(lists: KeptLists()).lists[.roster] == .replaced(1))
        await bench.stop()
    }

    @Test("progress counts the packets' bytes, whatever else is fetched and asked")
    func progress() async throws {
        let bench = try await CentralBench()
        try await bench.central.lists.publish(cardRoots: Array(#"{"version":5}"#.utf8))
        let file = patternedBytes(150_000, seed: 1)
        _ = try await bench.seal("c1", file)
        let seen = Mutex<[SyncProgress]>([])
        let report = try await bench.sync(
            lists: KeptLists(), revocations: AskedQuestions([RevocationQuestion(kind: .crl, url: "http://a.example/")])
        ) { progress in seen.withLock { $0.append(progress) } }
        let steps = seen.withLock { $0 }
        #expect(steps.allSatisfy { $0.bytesTotal == file.count && $0.bytesDone <= $0.bytesTotal })
        #expect(steps.map(\.bytesDone) == steps.map(\.bytesDone).sorted())
        #expect(steps.last?.bytesDone == file.count && report.bytesSent == file.count)
        #expect(report.lists[.cardRoots] == .replaced(5) && report.revocationsAsked == 1)
        await bench.stop()
    }

    @Test("each question is answered, or its keeper is told why not, and one does not hold up the next")
    func questions() async throws {
        let bench = try await CentralBench()
        let asked = AskedQuestions([
            RevocationQuestion(kind: .crl, url: "http://127.0.0.1/x.crl"),
            RevocationQuestion(kind: .ocsp, url: "ldap://x", request: [0x30, 0]),
        ])
        let report = try await bench.sync(revocations: asked)
        #expect(await asked.endings == ["q0": .unanswered(.responderNotAllowed), "q1": .unanswered(.invalidQuestion)])
        #expect(report.revocationsAsked == 2 && report.revocationsAnswered == 0 && report.stopped == nil)
        let der: [UInt8] = [0x30, 0x82, 0x20, 0] + patternedBytes(0x2000, seed: 1)
        let second = try await bench.sync(
            revocations: asked, falsifying: [SyncRoute.revocation.path: answer(200, der)])
        #expect(await asked.endings == ["q0": .answered(der), "q1": .answered(der)])
        #expect(second.revocationsAsked == 2 && second.revocationsAnswered == 2)
        await bench.stop()
    }

    @Test("when central does not answer, one question is told so and the rest waits for the next sync")
    func noCentral() async throws {
        let bench = try await CentralBench()
        let question = RevocationQuestion(kind: .crl, url: "http://127.0.0.1/x.crl")
        for result in [Result<SyncAnswer, ExchangeFailure>.failure(.interrupted), .success(SyncAnswer(status: 200))] {
            let asked = AskedQuestions([question, question, question])
            let report = try await bench.sync(
                revocations: asked, falsifying: [SyncRoute.revocation.path: result])
            #expect(await asked.endings == ["q0": .unanswered(nil)])
            #expect(report.revocationsAsked == 1)
        }
        await bench.stop()
    }

    @Test("a kit that central refuses fetches and asks nothing")
    func refusedKit() async throws {
        let bench = try await CentralBench()
        _ = try await bench.central.registerKit(KitID("kit-07"), replacing: true)
        let asked = AskedQuestions([RevocationQuestion(kind: .crl, url: "http://127.0.0.1/x.crl")])
        let report = try await bench.sync(lists: KeptLists(), revocations: asked)
        #expect(report.stopped?.code == .central(.kitRefused))
        #expect(report.lists.isEmpty && report.revocationsAsked == 0)
        #expect(await asked.endings.isEmpty)
        await bench.stop()
    }

    @Test("a list of hundreds of officers comes over whole")
    func longList() async throws {
        let bench = try await CentralBench()
        let officers = (0..<600).map { index in
            RosterOfficer(
                id: OfficerID("STAFF-\(index)"), nationalNumber: NationalNumber("71020300016"),
                mayUsePassphrase: index.isMultiple(of: 2))
        }
        let now = SystemWallClock().now()
        let list = try ListSigner(key: bench.receiptKey()).sign(
            OfficerRoster(
                version: 2, kit: KitID("kit-07"), issuedAt: now, validUntil: now.advanced(by: .seconds(60)),
                officers: officers))
        let kept = KeptLists()
        let report = try await bench.sync(
            lists: kept, falsifying: [SyncRoute.list(.roster).path: answer(200, Array(list.compact.utf8))])
        #expect(report.lists[.roster] == .replaced(2))
        #expect(await kept.lists[.roster]?.roster?.officers == officers)
        try await bench.central.lists.publish(
            cardRoots: Array((#"{"version":3,"x":""# + String(repeating: "x", count: 250_000) + #""}"#).utf8))
        #expect(try await bench.sync(lists: kept).lists[.cardRoots] == .replaced(3))
        await bench.stop()
    }
}
