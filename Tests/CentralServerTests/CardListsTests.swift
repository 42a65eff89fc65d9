import EnrolmentCore
import Foundation
import GRDB
import PacketFormat
import SyncProtocol
import Synchronization
import Testing

@testable import CentralServer

@Suite("The lists that central signs")
struct CardListsTests {
    /// A clock that a test moves.
    private final class MovedClock: WallClock {
        private let time = Mutex(SystemWallClock().now())

        func now() -> Timestamp { time.withLock { $0 } }
        func move(days: Int) { time.withLock { $0 = $0.advanced(by: .seconds(days * 86_400)) } }
    }

    private static let number = "71020300016"

    private func officer(_ id: String, _ number: String = number, passphrase: Bool = false) -> RosterOfficer {
        RosterOfficer(id: OfficerID(id), nationalNumber: NationalNumber(number), mayUsePassphrase: passphrase)
    }

    private func fetch(
        _ kind: SignedListKind, _ bench: Bench, holding version: Int? = nil, as kit: KitClient? = nil
    ) async throws -> KitClient.Answer {
        let headers = version.map { [(SyncHeader.ifNoneMatch, EntityTag(version: $0).header)] } ?? []
        return try await (kit ?? bench.kit).send("GET", SyncRoute.list(kind).path, headers: headers)
    }

    private func roster(_ answer: KitClient.Answer, _ bundle: KitBundle) throws -> OfficerRoster {
        let verifier = ListVerifier(kit: bundle.kit, keys: [try VerifyingKey(pem: bundle.receiptKey)])
        return try #require(try verifier.verify(answer.text, as: .roster).roster)
    }

    private func code(_ body: () async throws -> Void) async -> CentralError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? CentralError)?.code
        }
    }

    @Test("A kit gets its own roster, the same bytes each time, and nothing at all when it has the newest")
    func roster() async throws {
        try await Bench.run { bench in
            #expect(try await fetch(.roster, bench).code == .noSuchList)
            try await bench.central.lists.add(officer("S2"), to: KitID("kit-1"))
            try await bench.central.lists.add(officer("S1", "85073003328", passphrase: true), to: KitID("kit-1"))
            let answer = try await fetch(.roster, bench)
            #expect(answer.status == 200)
            #expect(answer.headers["etag"] == "\"2\"" && answer.headers["content-type"] == "application/jose")
            let roster = try roster(answer, bench.bundle)
            #expect(roster.version == 2)
            #expect(roster.officers == [officer("S1", "85073003328", passphrase: true), officer("S2")])
            #expect(roster.validUntil.since(roster.issuedAt) == .seconds(30 * 86_400))
            #expect(try await fetch(.roster, bench).body == answer.body)
            let unchanged = try await fetch(.roster, bench, holding: 2)
            #expect(unchanged.status == 304 && unchanged.body.isEmpty && unchanged.headers["etag"] == "\"2\"")
            #expect(try await fetch(.roster, bench, holding: 1).status == 200)
            #expect(try await fetch(.roster, bench, holding: 3).status == 200)
        }
    }

    @Test("Another kit gets another roster, and no kit gets one without its certificate")
    func kits() async throws {
        try await Bench.run { bench in
            try await bench.central.lists.add(officer("S1"), to: KitID("kit-1"))
            let other = try await bench.central.registerKit(KitID("kit-2"))
            let client = try KitClient(other, port: bench.central.port)
            #expect(try await fetch(.roster, bench, as: client).code == .noSuchList)
            try await bench.central.lists.add(officer("S9"), to: KitID("kit-2"))
            let second = try await fetch(.roster, bench, as: client)
            #expect(try roster(second, other).officers.map(\.id) == [OfficerID("S9")])
            #expect(throws: StatementError.otherKit) { try roster(second, bench.bundle) }
            _ = try await bench.central.registerKit(KitID("kit-2"), replacing: true)
            #expect(try await fetch(.roster, bench, as: client).code == .unknownKit)
            await client.close()
        }
    }

    @Test("Who is taken off is off from the next version, and a roster without officers lets nobody in")
    func removing() async throws {
        try await Bench.run { bench in
            let lists = bench.central.lists
            try await lists.add(officer("S1"), to: KitID("kit-1"))
            #expect(await code { try await lists.remove(OfficerID("S2"), from: KitID("kit-1")) } == .invalidOfficer)
            #expect(try await lists.roster(of: KitID("kit-1"))?.version == 1)
            try await lists.remove(OfficerID("S1"), from: KitID("kit-1"))
            let roster = try roster(try await fetch(.roster, bench), bench.bundle)
            #expect(roster.version == 2 && roster.officers.isEmpty)
        }
    }

    @Test("A roster is renewed for a kit that syncs, once less than half of its time is left")
    func renewal() async throws {
        try await TemporaryFolder.run { folder in
            let clock = MovedClock()
            var configuration = CentralConfiguration(directory: folder, clock: clock)
            configuration.logger.logLevel = .critical
            try await Bench.run(configuration) { bench in
                try await bench.central.lists.add(officer("S1"), to: KitID("kit-1"))
                try await bench.central.lists.publishRoster(of: KitID("kit-1"), days: 10)
                let first = try await fetch(.roster, bench)
                clock.move(days: 5)
                #expect(try await fetch(.roster, bench).body == first.body)
                clock.move(days: 1)
                let second = try roster(try await fetch(.roster, bench, holding: 2), bench.bundle)
                #expect(second.version == 3)
                #expect(second.validUntil == clock.now().advanced(by: .seconds(10 * 86_400)))
                #expect(second.officers == [officer("S1")])
                #expect(try await fetch(.roster, bench, holding: 3).status == 304)
            }
        }
    }

    @Test("What cannot be an officer, a kit or a time is refused, and changes no roster")
    func refusals() async throws {
        try await Bench.run { bench in
            let (lists, kit) = (bench.central.lists, KitID("kit-1"))
            for (entry, name) in [(officer(""), kit), (officer("a b"), kit), (officer("S1", "7102030001"), kit)] {
                #expect(await code { try await lists.add(entry, to: name) } == .invalidOfficer)
            }
            #expect(await code { try await lists.add(officer("S1"), to: KitID("../x")) } == .invalidKit)
            #expect(await code { try await lists.publishRoster(of: kit) } == .noRoster)
            try await lists.add(officer("S1"), to: kit)
            for days in [0, -1, 367, .max] {
                #expect(await code { try await lists.publishRoster(of: kit, days: days) } == .invalidValidity)
            }
            #expect(try await lists.roster(of: kit)?.version == 1)
        }
    }

    @Test("No file of central's holds a national number in plain text, and a row serves only in its own place")
    func atRest() async throws {
        try await Bench.run { bench in
            let lists = bench.central.lists
            try await lists.add(officer("S1"), to: KitID("kit-1"))
            try await lists.add(officer("S1", "85073003328"), to: KitID("kit-2"))
            let compact = try await fetch(.roster, bench).text
            let digits = [Self.number, "85073003328"] + compact.split(separator: ".").dropFirst().map(String.init)
            let folder = bench.configuration.directory
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("central.") {
                let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
                for text in digits { #expect(bytes.range(of: Data(text.utf8)) == nil, "\(name)") }
            }
            try await bench.central.database.writer.write { database in
                try database.execute(
                    sql: """
                        UPDATE officer SET sealedNumber = (SELECT sealedNumber FROM officer WHERE kit = 'kit-2')
                        WHERE kit = 'kit-1'
                        """)
            }
            #expect(await code { try await lists.publishRoster(of: KitID("kit-1")) } == .keysDamaged)
        }
    }

    @Test("Roots go to every kit, byte for byte, and only ever to a higher version")
    func roots() async throws {
        try await Bench.run { bench in
            let lists = bench.central.lists
            let list = Array(#"{ "version": 7, "roots": [] }"#.utf8)
            #expect(try await fetch(.cardRoots, bench).code == .noSuchList)
            #expect(try await lists.publish(cardRoots: list) == 7)
            let verifier = ListVerifier(kit: KitID("kit-1"), keys: [try VerifyingKey(pem: bench.bundle.receiptKey)])
            let answer = try await fetch(.cardRoots, bench)
            #expect(try verifier.verify(answer.text, as: .cardRoots).payload == list)
            #expect(try await fetch(.cardRoots, bench, holding: 7).status == 304)
            for text in [#"{"version":7}"#, #"{"version":6}"#] {
                #expect(await code { try await lists.publish(cardRoots: Array(text.utf8)) } == .olderList)
            }
            for text in ["", "[]", #"{"roots":[]}"#, #"{"version":0}"#] {
                #expect(await code { try await lists.publish(cardRoots: Array(text.utf8)) } == .invalidList)
            }
            let long = #"{"version":8,"x":""# + String(repeating: "x", count: SignedList.largestByteCount) + #""}"#
            #expect(await code { try await lists.publish(cardRoots: Array(long.utf8)) } == .listTooLarge)
            #expect(try await fetch(.cardRoots, bench).body == answer.body)
            #expect(try await lists.publish(cardRoots: Array(#"{"version":9}"#.utf8)) == 9)
            #expect(try await fetch(.cardRoots, bench, holding: 7).headers["etag"] == "\"9\"")
        }
    }

    @Test("A kit's bundle carries the lists that there are, also those made before the kit was registered")
    func bundle() async throws {
        try await Bench.run { bench in
            #expect(bench.bundle.roster == nil && bench.bundle.cardRoots == nil)
            let lists = bench.central.lists
            try await lists.add(officer("S1"), to: KitID("kit-2"))
            #expect(try await !lists.isRegistered(KitID("kit-2")))
            try await lists.publish(cardRoots: Array(#"{"version":2}"#.utf8))
            let bundle = try await bench.central.registerKit(KitID("kit-2"))
            let verifier = ListVerifier(kit: KitID("kit-2"), keys: [try VerifyingKey(pem: bundle.receiptKey)])
            let roster = try verifier.verify(try #require(bundle.roster), as: .roster)
            #expect(roster.roster?.officers == [officer("S1")])
            #expect(try verifier.verify(try #require(bundle.cardRoots), as: .cardRoots).version == 2)
            #expect(try KitBundle(decoding: bundle.encoded()) == bundle)
        }
    }

    @Test("A schema that was released stays as it was, to the byte")
    func releasedSchemas() {
        #expect(
            TestPacket.digest(Array(CentralDatabase.schema1.utf8))
                == "4c7344442f2d1ba68ad8014c9405224a9f4f77fdd3431e6becaf8251cd0406e0")
        #expect(
            TestPacket.digest(Array(CentralDatabase.schema2.utf8))
                == "eea532c955e793303f3825ad58a10bb517ecce256779a308bb4eca8fda804bad")
    }

    @Test("A database of the first schema is brought to the newest with all that it held")
    func migration() async throws {
        try await TemporaryFolder.run { folder in
            let path = folder + "/central.sqlite"
            var migrator = DatabaseMigrator()
            migrator.registerMigration("central-1") { try $0.execute(sql: CentralDatabase.schema1) }
            let old = try DatabasePool(path: path)
            try migrator.migrate(old)
            try await old.write { database in
                try database.execute(
                    sql: "INSERT INTO kit VALUES ('kit-1', zeroblob(32), 'key', 5)")
            }
            try old.close()
            let database = try CentralDatabase(path: path)
            #expect(try await database.kit(KitID("kit-1"))?.signingKey == "key")
            let lists = CardLists(database: database, key: ReceiptSigningKey(), clock: SystemWallClock())
            #expect(try await lists.roster(of: KitID("kit-1")) == nil)
            #expect(try await lists.add(officer("S1"), to: KitID("kit-1")).version == 1)
        }
    }

    @Test("Kits that ask at the same moment cause one renewal")
    func oneRenewal() async throws {
        try await TemporaryFolder.run { folder in
            let database = try CentralDatabase(path: folder + "/central.sqlite")
            let clock = MovedClock()
            let lists = CardLists(database: database, key: ReceiptSigningKey(), clock: clock)
            try await lists.add(officer("S1"), to: KitID("kit-1"))
            clock.move(days: 20)
            let versions = try await withThrowingTaskGroup(of: Int?.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await lists.newest(.roster, for: KitID("kit-1"))?.version }
                }
                return try await group.reduce(into: Set<Int?>()) { $0.insert($1) }
            }
            #expect(versions == [2])
        }
    }
}
