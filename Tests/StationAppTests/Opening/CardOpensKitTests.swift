import CardProof
import DeviceDrivers
import DeviceEmulation
import EnrolmentCore
import Foundation
import OfflineCache
import PacketFormat
import SyncProtocol
import Synchronization
import Testing

@testable import StationApp

/// A kit under a machine lock, our own driver over the emulated card, and a safe that checks what the card signs.
struct OpeningBench {
    static let passphrase = "nog een zin van de proef"
    let login: LoginBench
    let safe = SigningSafe()
    let folder: KitFolder

    /// - Parameter authority: of the cards, with the clock at this machine's time, which openssl's lists bear.
    init(roster: OfficerRoster? = LoginBench.roster(), authority: TestCardAuthority? = nil) async throws {
        login = try LoginBench()
        if let authority {
            login.authorities.withLock { $0[.v18] = authority }
            login.clock.move(by: max(0, SystemClock().now().since(login.clock.now()).components.seconds))
        }
        folder = KitFolder(login.folder.url.appending(path: "nieuw/loket"), safe: safe)
        let signer = ListSigner(key: login.central)
        let bundle = KitBundle(
            kit: LoginBench.kit.id, isTraining: true, centralURL: "https://central.example",
            serverName: "central.example", certificateAuthority: "", clientCertificate: "", clientKey: "",
            signingKey: "", recipients: [], receiptKey: login.central.verifyingKey.pem,
            receiptKeyID: login.central.keyID, roster: try roster.map { try signer.sign($0).compact })
        guard case .passphrase(let cost) = LockWish.cheapest else { throw LoginTestError.ended }
        try await folder.provision(
            bundle, passphrase: try SecretBytes(text: Self.passphrase), lock: .machine(cost, measurements: []),
            clock: login.clock)
    }

    func way() throws -> OpeningWay { .passphrase(try SecretBytes(text: Self.passphrase)) }

    /// Types these PINs, one after the other, and then gives up.
    func card(_ pins: String..., asked: Counted = Counted()) -> CardUnlock {
        let left = Mutex(pins)
        return CardUnlock(
            reader: BelgianEIDReader(transport: login.reader, clock: login.clock), patience: .seconds(5)
        ) { (question) throws(FailureReport) in
            asked.add(question.state.triesLeft)
            guard let pin = left.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return nil }
            guard let entry = try? SecretBytes(text: pin) else { return nil }
            return .typed(entry)
        }
    }

    @discardableResult
    func add(_ persona: CardPersona, claiming officer: OfficerID? = nil) async throws -> [CardOpener] {
        try login.insert(persona)
        return try await folder.addOpener(try way(), card: card("1234"), claiming: officer, clock: login.clock)
    }

    /// Brings a list as a synchronisation does.
    func bring(_ roster: OfficerRoster) async throws {
        let kit = try await folder.open(passphrase: try SecretBytes(text: Self.passphrase), clock: login.clock)
        _ = try await kit.store.lists.keep(try ListSigner(key: login.central).sign(roster))
        kit.store.close()
    }
}

/// The tries that were left each time that a PIN was asked for.
final class Counted: Sendable {
    private let tries = Mutex<[Int?]>([])

    var all: [Int?] { tries.withLock { $0 } }
    func add(_ left: Int?) { tries.withLock { $0.append(left) } }
}

@Suite("A kit that an officer's card opens")
struct CardOpensKitTests {
    @Test("opens by card and one PIN, which lets the officer in as well, and goes on opening by its passphrase")
    func opens() async throws {
        let bench = try await OpeningBench()
        #expect(await !bench.folder.opensByCard())
        #expect(try await bench.add(LoginBench.anPersona).map(\.officer) == [LoginBench.an])
        #expect(await bench.folder.opensByCard())
        let asked = Counted()
        let kit = try await bench.folder.open(byCard: bench.card("1234", asked: asked), clock: bench.login.clock)
        #expect(asked.all == [3])
        #expect(kit.login?.officer == Officer(id: LoginBench.an, proof: .card))
        #expect(kit.login?.revocation == .notChecked && kit.login?.rosterVersion == 1)
        #expect(try await kit.store.journal.lines().last?.event == .officerLoggedIn)
        #expect(try await RevocationDesk(kit, clock: bench.login.clock).pending().count == 1)
        kit.store.close()
        let other = try await bench.folder.open(
            passphrase: try SecretBytes(text: OpeningBench.passphrase), clock: bench.login.clock)
        #expect(other.login == nil)
        other.store.close()
    }

    @Test("the screens begin with the officer who opened it, and no PIN is asked for a second time")
    func resumed() async throws {
        let bench = try await OpeningBench()
        try await bench.add(LoginBench.anPersona)
        let kit = try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock)
        let session = try #require(kit.login)
        let desk = try bench.login.desk(kit)
        await desk.desk.resume(session)
        #expect(try await desk.outcome().session == session)
        #expect(await desk.desk.session == session)
        kit.store.close()
    }

    @Test("a wrong PIN costs one try and is told with what is left; giving up opens nothing")
    func wrongPIN() async throws {
        let bench = try await OpeningBench()
        try await bench.add(LoginBench.anPersona)
        let asked = Counted()
        await #expect(throws: FailureReport(.login(.wrongPIN), detail: "tries left 2", kept: .draft)) {
            try await bench.folder.open(byCard: bench.card("9999", asked: asked), clock: bench.login.clock)
        }
        #expect(asked.all == [3, 2])
        let kit = try await bench.folder.open(byCard: bench.card("abc", "1234", asked: asked), clock: bench.login.clock)
        #expect(asked.all == [3, 2, 2, 2])
        kit.store.close()
    }

    /// Emulated cards of one kind share a key: another officer's of the same kind is shown by `card-opens-kit.sh`.
    @Test(
        "a card that is none of them is refused before its PIN is asked for, and where the chip cannot check it that is said"
    )
    func otherCard() async throws {
        let bench = try await OpeningBench()
        let asked = Counted()
        try bench.login.insert(LoginBench.anPersona)
        let none = await report {
            try await bench.folder.open(byCard: bench.card("1234", asked: asked), clock: bench.login.clock)
        }
        #expect(none?.code == .store(.cardRefused))
        try await bench.add(LoginBench.anPersona)
        try bench.login.insert(LoginBench.bartPersona, as: .v17)
        let unknown = await report {
            try await bench.folder.open(byCard: bench.card("1234", asked: asked), clock: bench.login.clock)
        }
        #expect(unknown?.code == .store(.cardUnknownToChip))
        #expect(asked.all.isEmpty)
    }

    @Test(
        "who does not stand on the list is not added, nor with a wrong PIN; on a kit without a list whose card it is must be said"
    )
    func notAdded() async throws {
        let bench = try await OpeningBench()
        #expect(await report { try await bench.add(LoginBench.strangerPersona) }?.code == .login(.notOnRoster))
        try bench.login.insert(LoginBench.anPersona)
        let wrong = await report {
            try await bench.folder.addOpener(
                try bench.way(), card: bench.card("9999"), claiming: nil, clock: bench.login.clock)
        }
        #expect(wrong?.code == .login(.wrongPIN))
        #expect(try await bench.folder.openers(try bench.way(), clock: bench.login.clock).isEmpty)
        let free = try await OpeningBench(roster: nil)
        #expect(await report { try await free.add(LoginBench.anPersona) }?.code == .input(.notPossible))
        #expect(try await free.add(LoginBench.anPersona, claiming: LoginBench.bart).map(\.officer) == [LoginBench.bart])
        let kit = try await free.folder.open(byCard: free.card("1234"), clock: free.login.clock)
        #expect(kit.login == nil)
        kit.store.close()
    }

    @Test("an officer who left the list is taken off at the next opening, by whichever way, and no older copy opens")
    func left() async throws {
        for byCard in [true, false] {
            let bench = try await OpeningBench()
            try await bench.add(LoginBench.anPersona)
            let copy = bench.login.folder.url.appending(path: "kopie")
            try FileManager.default.copyItem(at: bench.folder.url, to: copy)
            let bart = LoginBench.roster().officers.filter { $0.id == LoginBench.bart }
            try await bench.bring(LoginBench.roster(version: 2, officers: bart))
            try bench.login.insert(LoginBench.anPersona)
            if byCard {
                let report = await report {
                    try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock)
                }
                #expect(report?.code == .login(.notOnRoster))
            } else {
                #expect(try await bench.folder.openers(try bench.way(), clock: bench.login.clock).isEmpty)
            }
            let refused = await report {
                try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock)
            }
            #expect(refused?.code == .store(.cardRefused))
            let older = KitFolder(copy, safe: bench.safe)
            let copied = await report { try await older.open(byCard: bench.card("1234"), clock: bench.login.clock) }
            #expect(copied?.code == .store(.machineChanged))
            #expect(bench.safe.slotCount == 1)
        }
    }

    @Test(
        "a card that a list of revocations names is taken off at the next opening, though only another's was asked about",
        .enabled(if: TestResponder.isThere, "openssl is not installed"), arguments: [true, false])
    func listed(_ isNamed: Bool) async throws {
        var shape = TestCardAuthority.Shape()
        shape.revocation = TestCardRevocation(ocsp: "ldap://nobody.example")
        let bench = try await OpeningBench(
            roster: LoginBench.roster(days: 20_000), authority: TestCardAuthority(.ellipticCurve, shape: shape))
        try await bench.add(LoginBench.anPersona)
        let kit = try await bench.folder.open(
            passphrase: try SecretBytes(text: OpeningBench.passphrase), clock: bench.login.clock)
        try bench.login.insert(LoginBench.bartPersona)
        _ = try await bench.login.desk(kit).logIn(pins: ["1234"])
        let desk = RevocationDesk(kit, clock: bench.login.clock)
        let asked = try #require(try await desk.pending().first)
        let named = isNamed ? LoginBench.anPersona : LoginBench.bartPersona
        try await desk.answer(asked.id, with: try bench.login.responder(for: named).list())
        let before = try await kit.store.journal.lines().count
        kit.store.close()

        let again = try await bench.folder.open(
            passphrase: try SecretBytes(text: OpeningBench.passphrase), clock: bench.login.clock)
        let lines = try await again.store.journal.lines().dropFirst(before)
        again.store.close()
        #expect(await bench.folder.opensByCard() == !isNamed)
        guard isNamed else { return #expect(lines.isEmpty) }
        #expect(lines.map(\.event) == [.certificateRevoked, .cardsChanged])
        #expect(lines.first?.officer == LoginBench.an && lines.first?.reason == "crl")
        try bench.login.insert(LoginBench.anPersona)
        let refused = await report {
            try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock)
        }
        #expect(refused?.code == .store(.cardRefused))
    }

    @Test(
        "damaged evidence of revocations closes no kit: a card about which it may have told opens it once an answer came"
    )
    func damagedEvidence() async throws {
        let bench = try await OpeningBench()
        try await bench.add(LoginBench.anPersona)
        var kit = try await open(bench)
        try await kit.store.revocations.keep([1], .ocsp, about: [2])
        kit.store.close()
        for (column, isAboutAnybody) in [("sealed", false), ("sealed_subject", true)] {
            try LoginBench.edit("UPDATE revocation_evidence SET \(column) = zeroblob(200)", in: bench.folder.url)
            kit = try await open(bench)
            #expect(kit.recovery.changedRows.map(\.table) == ["revocation_evidence"])
            kit.store.close()
            let report = await report {
                try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock).store.close()
            }
            #expect(report?.code == (isAboutAnybody ? .login(.cardNotProven) : nil))
        }
        // It was refused, and nobody has to add it again.
        #expect(try await bench.folder.openers(try bench.way(), clock: bench.login.clock).count == 1)
        kit = try await open(bench)
        #expect(try await RevocationDesk(kit, clock: bench.login.clock).pending().count == 1)
        try await kit.store.revocations.keep([3], .ocsp, about: [4])
        kit.store.close()
        try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock).store.close()
    }

    private func open(_ bench: OpeningBench) async throws -> OpenKit {
        try await bench.folder.open(
            passphrase: try SecretBytes(text: OpeningBench.passphrase), clock: bench.login.clock)
    }

    @Test("a list that has run out lets nobody in, and takes nobody's card away")
    func runOut() async throws {
        let bench = try await OpeningBench()
        try await bench.add(LoginBench.anPersona)
        bench.login.clock.move(by: 8 * 86_400)
        let report = await report {
            try await bench.folder.open(byCard: bench.card("1234"), clock: bench.login.clock)
        }
        #expect(report?.code == .login(.rosterExpired))
        #expect(try await bench.folder.openers(try bench.way(), clock: bench.login.clock).count == 1)
    }

    @Test("a kit that is made under a machine lock has its chip limit guesses, and says so")
    func protected() async throws {
        let bench = try await OpeningBench()
        #expect(try await bench.folder.chipProtection()?.isOurs == true)
        let guess = try SecretBytes(text: "een gok")
        await #expect(throws: FailureReport.self) { try await bench.folder.prove(passphrase: guess) }
        #expect(bench.safe.guessing().wrong == 1)
        try await bench.add(LoginBench.anPersona)
        let protection = try await bench.folder.protectChip(.card(bench.card("1234")), clock: bench.login.clock)
        #expect(protection.isOurs && protection.limit.wrong == 0)
    }

    private func report(_ body: () async throws -> Any) async -> FailureReport? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? FailureReport
        }
    }
}
