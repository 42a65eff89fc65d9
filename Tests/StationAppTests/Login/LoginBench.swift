import CardProof
import DeviceDrivers
import DeviceEmulation
import EnrolmentCore
import Foundation
import GRDB
import OfflineCache
import PacketFormat
import StationUI
import SyncProtocol
import Synchronization

@testable import StationApp

/// A kit for training with officers who have emulated cards: our own driver, the real store, the real proof.
final class LoginBench: Sendable {
    static let kit = Kit(id: KitID("OEFENKIT-L"), isTraining: true)
    static let an = OfficerID("an-07")
    static let bart = OfficerID("bart-08")

    let folder: TestFolder
    let clock = MovedClock(Timestamp(milliseconds: 1_795_262_400_000))
    let uptime = MovedUptime()
    let central = ReceiptSigningKey()
    let authorities: Mutex<[CardProfile: TestCardAuthority]> = Mutex([:])
    private let images: Mutex<[String: EIDCardImage]> = Mutex([:])
    let reader = EmulatedCardReader()
    private let sealing: Vault
    private let bundle: KitBundle

    init(kit: Kit = LoginBench.kit, roster: OfficerRoster? = nil, key: ReceiptSigningKey? = nil) throws {
        folder = try TestFolder()
        sealing = Vault(
            try StoreKeys(in: folder.url.path, clock: clock).create(
                under: try SecretBytes(text: "proef"), lock: .cheapest))
        let signer = ListSigner(key: key ?? central)
        bundle = KitBundle(
            kit: kit.id, isTraining: kit.isTraining, centralURL: "https://central.example",
            serverName: "central.example",
            certificateAuthority: "", clientCertificate: "", clientKey: "", signingKey: "", recipients: [],
            receiptKey: central.verifyingKey.pem, receiptKeyID: central.keyID,
            roster: try roster.map { try signer.sign($0).compact })
    }

    func open(probe: StorageProbe = .none) async throws -> OpenKit {
        let kit = Kit(id: bundle.kit, isTraining: bundle.isTraining)
        let (store, recovery) = try await Store.open(
            folder: folder.url.path, kit: kit, sealing: sealing, clock: clock, probe: probe)
        return OpenKit(folder: KitFolder(folder.url), bundle: bundle, store: store, recovery: recovery)
    }

    /// Changes the closed store as whoever has the disk does.
    func edit(_ sql: String) throws { try Self.edit(sql, in: folder.url) }

    static func edit(_ sql: String, in folder: URL) throws {
        let database = try DatabaseQueue(path: folder.appending(path: "store.sqlite").path)
        try database.writeWithoutTransaction { database in
            for name in try String.fetchAll(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                try database.execute(sql: "DROP TRIGGER \(name)")
            }
            try database.execute(sql: sql)
        }
        try database.close()
    }

    /// A list with both officers, valid for a week from the bench's time.
    static func roster(
        version: Int = 1, kit: KitID = LoginBench.kit.id, days: Int = 7, officers: [RosterOfficer]? = nil
    ) -> OfficerRoster {
        let now = Timestamp(milliseconds: 1_795_262_400_000)
        return OfficerRoster(
            version: version, kit: kit, issuedAt: now.advanced(by: .seconds(-86_400)),
            validUntil: now.advanced(by: .seconds(86_400 * days)),
            officers: officers ?? [
                RosterOfficer(
                    id: an, nationalNumber: NationalNumber(Self.anPersona.nationalNumber), mayUsePassphrase: true),
                RosterOfficer(id: bart, nationalNumber: NationalNumber(Self.bartPersona.nationalNumber)),
            ])
    }

    static let anPersona = persona("Proef-Ambtenaar", "An", .female, CardDay(1985, 7, 30))
    static let bartPersona = persona("Proef-Bediende", "Bart", .male, CardDay(1979, 2, 11))
    static let strangerPersona = persona("Proef-Burger", "Chris", .male, CardDay(1960, 4, 5))

    /// Puts somebody's card into the reader.
    func insert(
        _ persona: CardPersona, as profile: CardProfile = .v18, _ change: (inout EIDCardBehaviour) -> Void = { _ in }
    ) throws {
        let image = try image(of: persona, as: profile)
        var behaviour = profile.behaviour
        change(&behaviour)
        reader.insert(EmulatedEIDCard(image, behaviour: behaviour))
    }

    /// Made once for each person: certificates have a number of their own.
    func image(of persona: CardPersona, as profile: CardProfile = .v18) throws -> EIDCardImage {
        let name = "\(persona.nationalNumber) \(profile.rawValue)"
        if let image = images.withLock({ $0[name] }) { return image }
        guard
            let image = try profile.image(
                of: persona, photo: [0xFF, 0xD8] + Array("TEST".utf8) + [0xFF, 0xD9], signedBy: try authority(profile))
        else { throw LoginTestError.noCard }
        images.withLock { $0[name] = image }
        return image
    }

    /// Test keys are read once for each kind of card.
    func authority(_ profile: CardProfile) throws -> TestCardAuthority {
        try authorities.withLock { known in
            if let authority = known[profile] { return authority }
            guard let authority = try profile.authority() else { throw LoginTestError.noCard }
            known[profile] = authority
            return authority
        }
    }

    func roots() throws -> [TrustRoot] {
        try authorities.withLock { known in
            try known.values.map { try TrustRoot(certificate: $0.rootCertificate, kind: .test) }
        }
    }

    /// A desk, and what it tells; the card must be in the reader by then, for its root to be known.
    func desk(
        _ kit: OpenKit, patience: Duration = .seconds(5), roots: [TrustRoot]? = nil
    ) throws -> DeskAttendant {
        let driver = BelgianEIDReader(transport: reader, clock: clock)
        return DeskAttendant(
            try LoginDesk(
                LoginDesk.Means(
                    kit: kit, reader: driver, holder: driver, rules: try Self.rules(), clock: clock, uptime: uptime,
                    patience: patience, testRoots: try roots ?? self.roots())))
    }

    /// As in the data, with the cheapest hash that it may name.
    static func rules() throws -> LoginRules {
        try LoginRules(
            json: Array(
                """
                {"version": 1, "idleMinutes": 10, "passphrase": {"leastCharacters": 14, "freeTries": 3,
                "firstWaitSeconds": 60, "longestWaitSeconds": 3600, "memoryKiB": 19456, "passes": 2}}
                """.utf8))
    }

    private static func persona(
        _ surname: String, _ given: String, _ sex: CardPersona.Sex, _ birth: CardDay
    ) -> CardPersona {
        CardPersona(
            surname: surname, givenNames: given, sex: sex, birth: birth, birthPlace: "Gent", nationality: "Belg",
            streetAndNumber: "Proefstraat 1", postalCode: "9000", municipality: "Gent")
    }
}

enum LoginTestError: Error { case noCard, ended }

/// Asks a desk and waits for its answers, as the screens do.
struct DeskAttendant: Sendable {
    let desk: LoginDesk

    init(_ desk: LoginDesk) { self.desk = desk }

    /// What a login came to.
    enum Outcome: Sendable {
        case admitted(LoginSession, replacing: OfficerID?)
        case refused(FailureReport)
        case askedPIN(CardPINState, wrongBefore: Bool)
    }

    /// Logs in by card: the PINs that are given one after the other, then the question for the next.
    func logIn(pins: [String]) async throws -> Outcome {
        await desk.take(.begin)
        var left = pins
        while let update = await next() {
            switch update {
            case .news(.askPIN(let state, let entry, let wrongBefore)):
                guard !left.isEmpty else { return .askedPIN(state, wrongBefore: wrongBefore) }
                for byte in left.removeFirst().utf8 { entry.append(byte) }
                await desk.take(.pin(entry))
            case .news(.refused(let report)): return .refused(report)
            case .admitted(let session, let replaced): return .admitted(session, replacing: replaced)
            default: break
            }
        }
        throw LoginTestError.ended
    }

    func logIn(_ officer: OfficerID, passphrase: String) async throws -> Outcome {
        await desk.take(.passphrase(officer, try secret(passphrase)))
        return try await outcome()
    }

    /// Waits for what the login that runs comes to.
    func outcome() async throws -> Outcome {
        while let update = await next() {
            switch update {
            case .news(.askPIN(let state, _, let wrongBefore)): return .askedPIN(state, wrongBefore: wrongBefore)
            case .news(.refused(let report)): return .refused(report)
            case .admitted(let session, let replaced): return .admitted(session, replacing: replaced)
            default: break
            }
        }
        throw LoginTestError.ended
    }

    private func next() async -> LoginDesk.Update? {
        for await update in desk.updates { return update }
        return nil
    }

    func secret(_ text: String) throws -> SecretBytes {
        let bytes = try SecretBytes()
        for byte in text.utf8 { bytes.append(byte) }
        return bytes
    }
}

extension DeskAttendant.Outcome {
    var session: LoginSession? {
        if case .admitted(let session, _) = self { return session }
        return nil
    }

    var failure: FailureReport? {
        if case .refused(let report) = self { return report }
        return nil
    }
}

/// A clock that stands still until a test moves it.
final class MovedClock: WallClock {
    private let time: Mutex<Timestamp>

    init(_ time: Timestamp) { self.time = Mutex(time) }

    func now() -> Timestamp { time.withLock { $0 } }
    func move(by seconds: Int64) { time.withLock { $0 = $0.advanced(by: .seconds(seconds)) } }
}

final class MovedUptime: UptimeClock {
    private let elapsed = Mutex(Duration.seconds(1000))

    func now() -> Uptime { Uptime(boot: "proef", elapsed: elapsed.withLock { $0 }) }
    func move(by seconds: Int64) { elapsed.withLock { $0 += .seconds(seconds) } }
}
