package import EnrolmentCore
import Foundation
import OfflineCache
package import StationUI
package import SyncClient

/// What one synchronisation came to.
package struct SyncOutcome: Encodable, Hashable, Sendable {
    /// Packets whose receipt was verified and stored, and whose file is gone.
    package var received = 0
    /// Packets that a person must look at.
    package var setAside = 0
    /// Packets that are still to be sent.
    package var left = 0
    /// Uploads that went on where a broken connection had left them.
    package var resumed = 0
    /// With what was sent twice.
    package var bytesSent = 0
    /// Questions about revocations that were put to central, and those that came back with an answer.
    package var revocationsAsked = 0
    package var revocationsAnswered = 0
    /// The versions of central's lists that the kit took, by the list's name.
    package var listsTaken: [String: Int] = [:]
    /// Lists that central sent and the kit cannot use; it goes on with those that it had.
    package var listsRefused: [String] = []
    /// Central showed that this folder is an older copy of itself: nothing is sealed until a person accepts it.
    package var isOlderCopy = false
    /// Cases that are open here and that central has received in a packet which this folder does not hold.
    package var alreadyReceived: [String] = []
    /// The numbers of the seals of closed days that central has now.
    package var sealsSent: [Int] = []
    /// Those that central does not believe or that contradict others, with its code.
    package var sealsRefused: [String: String] = [:]
    /// What the kit keeps and is not as it left it; nil when that could not be told.
    package var damage: KeptDamage?
    /// Why it ended before every packet was tried: a stable code.
    package var stopped: String?
    /// What a person must be told: why it ended early, or else why a packet that was tried did not
    /// arrive. A receipt that is forged comes before everything else.
    package var failure: FailureReport? { didSet { failed = failure?.code.text } }
    /// Its code.
    package private(set) var failed: String?

    private enum CodingKeys: String, CodingKey {
        case received, setAside, left, resumed, bytesSent, stopped, failed
        case revocationsAsked, revocationsAnswered, listsTaken, listsRefused, isOlderCopy, alreadyReceived
        case sealsSent, sealsRefused, damage
    }
}

extension Station {
    /// Brings the queue to central as far as it goes.
    ///
    /// - Throws: `input.missingConfiguration` when the kit's own keys cannot be used; what central or
    ///   the network does is in the outcome.
    package func sync(
        progress: @escaping @Sendable (SyncState) async -> Void = { _ in }
    ) async throws(FailureReport) -> SyncOutcome {
        let outcome = try await Self.sync(kit, clock: clock, progress: progress)
        await trust.reload()
        return outcome
    }

    /// - Parameter pace: how time passes between two tries; the machine's own in the field.
    package static func sync(
        _ kit: OpenKit, clock: any WallClock, pace: any Pace = ContinuousPace(),
        progress: @escaping @Sendable (SyncState) async -> Void = { _ in }
    ) async throws(FailureReport) -> SyncOutcome {
        let (states, continuation) = AsyncStream.makeStream(of: SyncState.self)
        // One consumer, so that the states are told in their order.
        let telling = Task { for await state in states { await progress(state) } }
        defer { continuation.finish() }
        let report = try await run(kit, clock: clock, pace: pace) { continuation.yield(.running($0)) }
        var outcome = SyncOutcome(
            report, left: try await kit.waitingPackets())
        outcome.damage = try? await kit.keptDamage()
        continuation.yield(outcome.failure.map { .failed($0) } ?? .done(SyncResult(outcome)))
        continuation.finish()
        await telling.value
        return outcome
    }

    /// The states of a synchronisation that starts when they are first read.
    package func syncStates() -> AsyncStream<SyncState> {
        let (states, continuation) = AsyncStream.makeStream(of: SyncState.self)
        let task = Task {
            do throws(FailureReport) {
                _ = try await sync { continuation.yield($0) }
            } catch {
                continuation.yield(.failed(error))
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in task.cancel() }
        return states
    }

    private static func run(
        _ kit: OpenKit, clock: any WallClock, pace: any Pace,
        progress: @escaping @Sendable (StationUI.SyncProgress) -> Void
    ) async throws(FailureReport) -> SyncReport {
        let connection = try CentralConnection(kit.bundle)
        do throws(FailureReport) {
            let revocations = RevocationDesk(kit, clock: clock)
            let session = try SyncSession(
                store: kit.store, bundle: kit.bundle, exchange: connection, clock: clock,
                lists: KitListStore(kit), revocations: revocations, pace: pace)
            let report = await session.run { progress(StationUI.SyncProgress($0)) }
            // What is too old to count is about persons and of no more use.
            try? await revocations.tidy()
            await connection.close()
            return report
        } catch {
            await connection.close()
            throw error
        }
    }
}

extension StationUI.SyncProgress {
    fileprivate init(_ progress: SyncClient.SyncProgress) {
        self.init(
            packetsDone: progress.packetsDone, packetsTotal: progress.packetsTotal,
            bytesSent: Int64(progress.bytesDone), bytesTotal: Int64(progress.bytesTotal), timeLeft: progress.timeLeft)
    }
}

extension SyncOutcome {
    fileprivate init(_ report: SyncReport, left: Int) {
        received = report.received.count
        setAside = report.setAside.count
        self.left = left
        resumed = report.resumed
        bytesSent = report.bytesSent
        (revocationsAsked, revocationsAnswered) = (report.revocationsAsked, report.revocationsAnswered)
        for (kind, outcome) in report.lists {
            switch outcome {
            case .replaced(let version): listsTaken[kind.rawValue] = version
            case .refused, .notKept: listsRefused.append(kind.rawValue)
            case .unchanged, .none, .notFetched: break
            }
        }
        listsRefused.sort()
        isOlderCopy = report.rollback != nil
        alreadyReceived = report.alreadyReceived.map(\.text)
        sealsSent = report.sealsSent
        sealsRefused = Dictionary(
            report.sealsRefused.map { ("\($0.key)", $0.value.rawValue) }, uniquingKeysWith: { first, _ in first })
        stopped = report.stopped?.code.text
        let copy = report.rollback.map { mark in
            FailureReport(.store(.rolledBack), detail: "found by \(mark.foundBy.rawValue)", kept: .draft)
        }
        failure = report.stopped ?? copy ?? Self.worst(report.failed)
        failed = failure?.code.text
    }

    private static func worst(_ failed: [PacketID: FailureCode]) -> FailureReport? {
        let worst = failed.first { $0.value == .central(.receiptForged) } ?? failed.first
        return worst.map { FailureReport($0.value, detail: "packet \($0.key)", kept: .packet) }
    }
}

extension SyncResult {
    fileprivate init(_ outcome: SyncOutcome) {
        self.init(
            received: outcome.received, refused: outcome.setAside, waiting: outcome.left,
            bytesSent: Int64(outcome.bytesSent), sealsRefused: outcome.sealsRefused.keys.compactMap { Int($0) }.sorted()
        )
    }
}
