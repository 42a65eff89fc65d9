package import EnrolmentCore
package import OfflineCache
package import PacketFormat
package import SyncProtocol

/// How far a sync is, in what a person waits for.
package struct SyncProgress: Hashable, Sendable {
    package var packetsDone: Int
    package var packetsTotal: Int
    /// Bytes that central has confirmed, of all packets of this sync.
    package var bytesDone: Int
    package var bytesTotal: Int
    /// At the speed of this sync so far; nil while nothing has been measured, or nothing is left.
    package var timeLeft: Duration?
}

/// Measures the speed of a sync.
struct ProgressMeter: Sendable {
    private let startedAt: Duration
    private let atStart: Int
    private(set) var progress: SyncProgress
    private var confirmed: [PacketID: Int]

    init(_ packets: [(id: PacketID, size: Int, offset: Int)], at now: Duration) {
        startedAt = now
        confirmed = Dictionary(packets.map { ($0.id, $0.offset) }) { first, _ in first }
        atStart = confirmed.values.reduce(0, +)
        progress = SyncProgress(
            packetsDone: 0, packetsTotal: packets.count, bytesDone: atStart,
            bytesTotal: packets.map(\.size).reduce(0, +))
    }

    mutating func confirm(_ offset: Int, of id: PacketID, at now: Duration) {
        confirmed[id] = offset
        progress.bytesDone = confirmed.values.reduce(0, +)
        let gained = progress.bytesDone - atStart
        let left = progress.bytesTotal - progress.bytesDone
        progress.timeLeft = gained > 0 && left > 0 ? (now - startedAt) * (Double(left) / Double(gained)) : nil
    }

    mutating func finish() { progress.packetsDone += 1 }
}

/// What one sync brought about.
package struct SyncReport: Hashable, Sendable {
    /// Receipts stored and files purged, in order.
    package var received: [PacketID] = []
    /// To be tried again by the next sync.
    package var failed: [PacketID: FailureCode] = [:]
    /// In the lanes where a person must look.
    package var setAside: [PacketID: FailureCode] = [:]
    /// Uploads that went on where a broken connection, now or earlier, had left them.
    package var resumed = 0
    /// Why the sync stopped before it had tried every packet; nil when it tried them all.
    package var stopped: FailureReport?
    package var wasCancelled = false
    /// With what was sent twice.
    package var bytesSent = 0
    /// How far the kit's clock is ahead of central's; nil when central was not reached.
    package var clockAhead: Duration?
    /// What became of each list; empty when central was not reached, or this kit keeps none.
    package var lists: [SignedListKind: ListOutcome] = [:]
    /// This data folder is an older copy of itself, and nobody has accepted that yet: `store.rolledBack`.
    package var rollback: RollbackMark?
    /// Cases with a draft on this kit that central has received already: nobody is to be asked again.
    package var alreadyReceived: [CaseID] = []
    /// The numbers of days' seals that central has now.
    package var sealsSent: [Int] = []
    /// Seals that central does not believe, or that contradict others: two copies of the kit are at work, or it was
    /// put back to an older state. By number.
    package var sealsRefused: [Int: RefusalCode] = [:]
    /// Questions about revocations that were put to central.
    package var revocationsAsked = 0
    /// Those that an authority's server answered with something that may be an answer.
    package var revocationsAnswered = 0
}
