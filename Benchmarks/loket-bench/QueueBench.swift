import ArgumentParser
import EnrolmentCore
import Foundation
import GRDB
import OfflineCache
import PacketFormat

/// What the queue costs, on the disk of the temporary folder.
///
/// `enqueue` is the time from a file that is sealed and verified until the packet is in the queue, whatever happens
/// from then on. Writing the file, reading it back and synchronising it belong to the sealing (`loket-bench seal`)
/// and are not in it. What follows from a packet in the queue is not in it either, since nobody waits for it: its
/// row with the indices, the journal's line, the end of its draft and the sweep of what that left, before the store
/// answers anything else. That is `settle`.
///
/// It is measured in turn with the least that is durable at all: one row of the same size, inserted into an SQLite
/// database in the same folder, through the same library with the same settings, on the same thread, which waits for
/// it as it waits for the queue. `insert` is that where its log has reached its length and is written over and its
/// page is there, so that one page is written: nothing that is durable is cheaper. `insertWhileLogGrows` is that
/// where the log becomes longer. Which of the three comes first changes from round to round.
struct QueueBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "queue")
    @Option(help: "Packets sealed, and rows inserted in turn with them.") var rounds = 500
    @Option(help: "Packets in the queue that is listed.") var packets = 10_000
    @Option(help: "Bytes of each packet.") var bytes = 300_000

    struct Spread: Encodable {
        let median: Double
        let p95: Double

        /// - Parameter times: at least one, in milliseconds.
        init(_ times: [Double]) {
            let times = times.sorted()
            median = times[times.count / 2]
            p95 = times[(times.count - 1) * 95 / 100]
        }
    }

    struct Figures: Encodable {
        let rounds: Int
        let rowBytes: Int
        let insert: Spread
        let insertWhileLogGrows: Spread
        let enqueue: Spread
        /// Of the medians, to `insert`; at most 1.3 is wanted.
        let ratio: Double
        let ratioOfP95: Double
        let ratioWhileLogGrows: Double
        let settle: Spread
        let packets: Int
        /// One page of a hundred lines.
        let list: Spread
        let searchByCase: Spread
        let searchByVisit: Spread
        let searchByPacket: Spread
        let searchWithoutHit: Spread
        let byState: Spread
        let byDay: Spread
        let claim: Spread
        let databaseBytesPerPacket: Int
    }

    func run() async throws {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "loket-queue-\(getpid())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let enqueueing = try await EnqueueRounds(in: folder, bytes: bytes).run(rounds)
        let listing = try await ListingRounds(in: folder, packets: packets)
        let (text, visit) = try await listing.names()
        var query = QueueQuery()
        let list = try await listing.time(query)
        func search(_ text: String) async throws -> Spread {
            var query = QueueQuery()
            query.text = text
            return try await listing.time(query)
        }
        let byCase = try await search("case-\(packets / 2)")
        let (byVisit, byPacket, none) = (try await search(visit), try await search(text), try await search("nowhere"))
        query.states = [.conflict, .refused]
        let byState = try await listing.time(query)
        query = QueueQuery()
        let noon = Timestamp(milliseconds: 1_795_294_026_120)
        query.sealed = noon..<noon.advanced(by: .seconds(60))
        let byDay = try await listing.time(query)
        let claim = try await listing.timeClaims()
        try report(
            Figures(
                rounds: rounds, rowBytes: enqueueing.rowBytes, insert: Spread(enqueueing.inserts),
                insertWhileLogGrows: Spread(enqueueing.growing), enqueue: Spread(enqueueing.enqueues),
                ratio: Spread(enqueueing.enqueues).median / Spread(enqueueing.inserts).median,
                ratioOfP95: Spread(enqueueing.enqueues).p95 / Spread(enqueueing.inserts).p95,
                ratioWhileLogGrows: Spread(enqueueing.enqueues).median / Spread(enqueueing.growing).median,
                settle: Spread(enqueueing.settles), packets: packets, list: list, searchByCase: byCase,
                searchByVisit: byVisit, searchByPacket: byPacket, searchWithoutHit: none, byState: byState,
                byDay: byDay, claim: claim, databaseBytesPerPacket: try listing.databaseBytes() / packets))
        listing.close()
    }
}

/// A store with a key that anybody knows: its cost is the same.
private func openStore(in folder: URL, name: String, clock: any WallClock) async throws -> Store {
    let path = folder.appending(path: name).path
    let passphrase = try SecretBytes()
    for byte in "bench".utf8 { passphrase.append(byte) }
    let keys = StoreKeys(in: path, clock: clock)
    let cost = Argon2id.Cost(memoryKiB: 8192, passes: 1)
    let vault = Vault(try keys.create(under: passphrase, lock: .passphrase(cost)))
    return try await Store.open(
        folder: path, kit: Kit(id: KitID("BENCH"), isTraining: true), sealing: vault, clock: clock
    ).store
}

private struct SteadyClock: WallClock {
    func now() -> Timestamp { Timestamp(milliseconds: 1_795_294_026_120) }
}

/// The machine's, with the clock that nobody can set beside it, as the station has it.
private struct RunningClock: TimekeepingClock {
    let timekeeping = Timekeeping.kernel

    func now() -> Timestamp { Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}

func milliseconds(
    isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Void
) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return milliseconds(since: start)
}

/// The same for what waits on the thread that it runs on.
private func blockedMilliseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return milliseconds(since: start)
}

private func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let time = start.duration(to: .now)
    return Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1000
}

/// Makes packets of a given size, up to where they are ready for the queue.
private struct PacketMaker {
    let store: Store
    private let sealer: PacketSealer
    private let content: Filler

    private struct Filler: PacketContent {
        let bytes: [UInt8]
        var contentType: String { "application/octet-stream" }
        func write(to sink: ByteSink) throws { try sink(bytes) }
    }

    init(_ store: Store, bytes count: Int) throws {
        self.store = store
        content = Filler(bytes: [UInt8](repeating: 0x5A, count: count))
        sealer = try PacketSealer(
            directory: URL(filePath: store.packets.folder), recipient: try AgeIdentity.generate().recipient,
            key: KitSigningKey(), files: store.packetCalls)
    }

    /// Brings a case to a file that is sealed, read back and verified.
    func verified(_ number: Int) async throws -> VerifiedPacket {
        var generator = SystemRandomNumberGenerator()
        let now = SteadyClock().now()
        let caseID = CaseID("case-\(number)")
        let draft = try await store.drafts.save(
            content.bytes, for: caseID, in: VisitID("visit-\(number / 3)"), after: 0)
        let slot = try await store.packets.beginSealing(
            PacketID(at: now, using: &generator), of: caseID, at: draft)
        let place = PacketPlace(
            id: slot.packetID, sequence: slot.sequence, previousManifestDigest: slot.previousManifestDigest,
            sealedAt: now, timeConfidence: .plausible, caseDigest: Manifest.caseDigest(of: caseID))
        return try store.packets.accept(try sealer.seal(content, of: store.kit, at: place), in: slot)
    }
}

/// Seals packets, and in turn with each inserts one row of the same size elsewhere; all of it on one thread.
@MainActor
private struct EnqueueRounds {
    private(set) var inserts: [Double] = []
    private(set) var growing: [Double] = []
    private(set) var enqueues: [Double] = []
    private(set) var settles: [Double] = []
    private(set) var rowBytes = 0

    private let store: Store
    private let maker: PacketMaker
    private let bare: BareDatabase
    private let new: BareDatabase

    init(in folder: URL, bytes: Int) async throws {
        store = try await openStore(in: folder, name: "enqueue", clock: RunningClock())
        maker = try PacketMaker(store, bytes: bytes)
        bare = try BareDatabase(folder.appending(path: "bare.sqlite"))
        try bare.fillLog()
        new = try BareDatabase(folder.appending(path: "new.sqlite"), emptiesLog: false)
    }

    func run(_ rounds: Int) async throws -> EnqueueRounds {
        var result = self
        // What SQLite and the libraries do once is nobody's round.
        for warm in 0..<6 { try await result.round(warm) }
        (result.inserts, result.growing, result.enqueues, result.settles) = ([], [], [], [])
        for number in 6..<max(1, rounds) + 6 { try await result.round(number) }
        store.close()
        try bare.close()
        try new.close()
        return result
    }

    /// Each of the three is first, second and last as often as the others.
    private mutating func round(_ number: Int) async throws {
        let verified = try await maker.verified(number)
        let row = Data(repeating: 0x5A, count: verified.manifest.compact.utf8.count + Self.otherColumns)
        rowBytes = row.count
        for turn in 0..<3 {
            switch (number + turn) % 3 {
            case 0: inserts.append(try blockedMilliseconds { try bare.insert(row) })
            case 1: growing.append(try blockedMilliseconds { try new.insert(row) })
            default:
                let isUrgent = number.isMultiple(of: 7)
                enqueues.append(try blockedMilliseconds { _ = try store.packets.enqueue(verified, isUrgent: isUrgent) })
                settles.append(try await milliseconds { try await store.settle() })
            }
        }
        try bare.empty()
    }

    /// Names, digests, sizes and times beside the manifest.
    private static let otherColumns = 250
}

/// One table of rows, with the settings that the store has.
private struct BareDatabase {
    private let queue: DatabaseQueue

    /// - Parameter emptiesLog: whether its log is begun anew at the length that the store's has.
    init(_ file: URL, emptiesLog: Bool = true) throws {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            for setting in StoreSettings.required.settings {
                try database.execute(sql: "PRAGMA \(setting.name) = \(setting.wanted)")
            }
            if !emptiesLog { try database.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
        }
        queue = try DatabaseQueue(path: file.path, configuration: configuration)
        try queue.write { try $0.execute(sql: "CREATE TABLE row (id INTEGER PRIMARY KEY, content BLOB)") }
    }

    /// Brings the log to the length at which SQLite begins it anew.
    func fillLog() throws {
        try queue.write { database in
            for _ in 0..<300 {
                try database.execute(sql: "INSERT INTO row (content) VALUES (zeroblob(4000))")
            }
        }
        try empty()
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.restart) }
    }

    func insert(_ row: Data) throws {
        try queue.writeWithoutTransaction { database in
            try database.cachedStatement(sql: "INSERT INTO row (content) VALUES (?)").execute(arguments: [row])
        }
    }

    /// So that each row is the first of its page, and no page has to be added for it.
    func empty() throws {
        try queue.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM row") }
    }

    func close() throws { try queue.close() }
}

/// A store with many packets, each sealed as any other but for its size.
struct ListingRounds {
    let store: Store
    private let path: URL

    init(in folder: URL, packets: Int) async throws {
        path = folder.appending(path: "listing")
        store = try await openStore(in: folder, name: "listing", clock: SteadyClock())
        let maker = try PacketMaker(store, bytes: 100)
        for number in 0..<packets {
            let packet = try store.packets.enqueue(try await maker.verified(number), isUrgent: number % 50 == 0)
            if number % 100 == 3 { try await store.packets.refuse(packet.id, because: .refusedByCentral) }
        }
        try await store.settle()
    }

    /// A packet of the middle, by its name and its visit's.
    func names() async throws -> (packet: String, visit: String) {
        var query = QueueQuery()
        query.order = .newestFirst
        query.limit = 5000
        guard let line = try await store.packets.page(query).lines.last else { return ("", "") }
        return (line.id.description, line.visitID.text)
    }

    func time(_ query: QueueQuery) async throws -> QueueBench.Spread {
        var times: [Double] = []
        for _ in 0..<20 { times.append(try await milliseconds { _ = try await store.packets.page(query) }) }
        return QueueBench.Spread(times)
    }

    func timeClaims() async throws -> QueueBench.Spread {
        var times: [Double] = []
        for _ in 0..<20 { times.append(try await milliseconds { _ = try await store.packets.claimNext() }) }
        return QueueBench.Spread(times)
    }

    func databaseBytes() throws -> Int {
        let file = path.appending(path: "store.sqlite").path
        return try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    }

    func close() { store.close() }
}
