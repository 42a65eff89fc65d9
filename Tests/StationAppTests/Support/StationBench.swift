import CentralServer
import DeviceDrivers
import DeviceEmulation
import EnrolmentCore
import EnrolmentFlow
import Foundation
import Logging
import OfflineCache
import PacketFormat
import SyncClient
import SyncProtocol
import Testing

@testable import StationApp

/// Gives a test a bench, and stops its central however the test ends.
func withStationBench(_ body: (StationBench) async throws -> Void) async throws {
    let bench = try await StationBench()
    do {
        try await body(bench)
    } catch {
        await bench.stop()
        throw error
    }
    await bench.stop()
}

/// A training kit on disk, the real central that it was made for, and the people of one visit.
final class StationBench: Sendable {
    static let kit = Kit(id: KitID("OEFENKIT-T"), isTraining: true)
    static let passphrase = "een zin van de proef"

    let folder: TestFolder
    let clock = StandingClock()
    let day: TrainingDay
    let central: RunningCentral
    let bundle: KitBundle
    /// Made once for each person, so that all readings of one card are equal.
    private let cards: [CaseID: EIDCardImage]

    init() async throws {
        folder = try TestFolder()
        day = try BenchDay.make(today: LocalTime.day(of: clock.now()))
        let configuration = try Self.configuration(in: folder.url.appending(path: "central"))
        _ = try CentralKeys.make(in: configuration.keyDirectory, training: true)
        central = try await CentralService.start(configuration)
        bundle = try await central.registerKit(Self.kit.id)
        let emulated = try EmulatedDevices(day: day, clock: clock, pace: .simulated)
        var cards: [CaseID: EIDCardImage] = [:]
        for (id, person) in day.people { cards[id] = try await emulated.cardImage(of: person) }
        self.cards = cards
        // A cheap guess, since the store is opened again and again; the rest is as in the field.
        _ = try StoreKeys(in: home.path, clock: clock).create(
            under: try SecretBytes(text: Self.passphrase), lock: .cheapest)
    }

    static func configuration(in folder: URL) throws -> CentralConfiguration {
        var logger = Logger(label: "central")
        logger.logLevel = .critical
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return CentralConfiguration(directory: folder.path, logger: logger)
    }

    func stop() async { await central.stop() }

    /// Seals the bundle beside the store, as provisioning does; most tests need no more than the store.
    func provisionBundle() throws {
        let key = try StoreKeys(in: home.path, clock: clock).open(with: try SecretBytes(text: Self.passphrase))
        try SealedRecordFile.kit.write(try bundle.encoded(), in: home.path, under: key)
    }

    var home: URL { folder.url.appending(path: "kit") }
    var visit: Visit { day.visits[0] }
    var planned: PlannedCase { visit.cases[0] }

    func planned(_ id: CaseID) throws -> PlannedCase {
        guard let planned = visit.cases.first(where: { $0.id == id }) else { throw StoreError.unknownDraft(id) }
        return planned
    }

    func person(_ id: CaseID) throws -> (TrainingPerson, EIDCardImage) {
        guard let person = day.people[id], let card = cards[id] else { throw StoreError.unknownDraft(id) }
        return (person, card)
    }

    /// Opens the kit's store, or a copy of it; the visit is planned in it.
    func open(
        at copy: URL? = nil, probe: StorageProbe = .none, sealing other: (any RecordSealing)? = nil,
        bundle: KitBundle? = nil
    ) async throws -> OpenKit {
        let home = copy ?? home
        let sealing: any RecordSealing
        if let other {
            sealing = other
        } else {
            sealing = Vault(
                try StoreKeys(in: home.path, clock: clock).open(with: try SecretBytes(text: Self.passphrase)))
        }
        let (store, recovery) = try await Store.open(
            folder: home.path, kit: Self.kit, sealing: sealing, clock: clock, probe: probe)
        let kit = OpenKit(
            folder: KitFolder(home, safe: nil), bundle: bundle ?? self.bundle, store: store, recovery: recovery)
        if try await kit.plannedVisits().isEmpty { try await kit.plan(day.visits) }
        return kit
    }

    func devices(
        for id: CaseID = BenchDay.first, _ faults: BenchDevices.Faults = .none,
        pace: EmulatedDevices.Pace = .simulated, trigger: PortraitTrigger = .afterFrames(2), hasFinger: Bool = true
    ) throws -> BenchDevices {
        let (person, card) = try person(id)
        return try BenchDevices(
            for: person, card: card, faults: faults, pace: pace, trigger: trigger, hasFinger: hasFinger, clock: clock)
    }

    func station(
        _ kit: OpenKit, _ devices: any KitDeviceSource, examiner: any FingerExamining = EasyExaminer(),
        limits: CaptureLimits = .bedside
    ) async throws -> Station {
        try Station(
            kit: kit, devices: devices, officer: day.officer, trust: try await StationTrust(kit, clock: clock),
            rules: try .builtIn(.belgian), examiner: examiner,
            clock: clock, limits: limits)
    }

    /// A whole enrolment by the scripted officer.
    @discardableResult
    func enrol(
        _ id: CaseID = BenchDay.first, on kit: OpenKit, with devices: BenchDevices? = nil,
        examiner: any FingerExamining = EasyExaminer(), limits: CaptureLimits = .bedside
    ) async throws -> PacketID {
        let station = try await station(kit, devices ?? self.devices(for: id), examiner: examiner, limits: limits)
        let (person, _) = try person(id)
        return try await station.enrol(try planned(id), in: visit, answers: try #require(person.answers))
    }

    /// One synchronisation in which waiting takes no time.
    func sync(_ kit: OpenKit) async throws -> SyncOutcome {
        try await Station.sync(kit, clock: clock, pace: HastyPace())
    }

    /// The draft as it can be read back from the disk.
    func draft(_ id: CaseID = BenchDay.first, on kit: OpenKit) async throws -> EnrolmentDraft? {
        try await kit.store.drafts.draft(of: id).map {
            try JSONDecoder().decode(EnrolmentDraft.self, from: Data($0.content))
        }
    }

    /// A packet in the kit's queue, opened with central's keys as central would.
    func contents(of packet: PacketID, on kit: OpenKit) async throws -> [UInt8] {
        let queued = try await kit.packet(packet).0
        return try opener().contents(
            of: file(of: packet, at: kit.folder.url), manifest: queued.manifest, atMost: 64 << 20
        ).content
    }

    func opener() throws -> PacketOpener {
        let key = try KitSigningKey(pem: bundle.signingKey).verifyingKey
        return PacketOpener(
            verifier: ManifestVerifier(keys: [bundle.kit: [key]]), identities: central.keys.identities)
    }

    func file(of packet: PacketID, at home: URL? = nil) -> URL {
        (home ?? self.home).appending(path: "packets/\(packet).age")
    }
}

extension KitBundle {
    /// The same kit with another way to central, or another part.
    func reached(at url: String? = nil, receiptKey: String? = nil) -> KitBundle {
        KitBundle(
            kit: kit, isTraining: isTraining, centralURL: url ?? centralURL, serverName: serverName,
            certificateAuthority: certificateAuthority, clientCertificate: clientCertificate, clientKey: clientKey,
            signingKey: signingKey, recipients: recipients, receiptKey: receiptKey ?? self.receiptKey,
            receiptKeyID: receiptKeyID)
    }
}
