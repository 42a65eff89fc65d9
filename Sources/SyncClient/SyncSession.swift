package import EnrolmentCore
package import OfflineCache
import PacketFormat
package import SyncProtocol

/// Brings the queue to central: each waiting packet once, urgent ones first, then the day is as far as
/// it can be.
///
/// A packet that fails does not hold up the next; what would fail for all (central out of reach, the
/// wrong certificate, a kit that is refused) ends the sync. The order that keeps packets safe: central's
/// answer, then our disk, then the next step; the file goes only after its receipt is on our disk.
package actor SyncSession {
    package typealias Report = @Sendable (SyncProgress) -> Void

    /// Bytes of one PATCH: what a cut connection costs at most. A packet has two or three of them, so that
    /// a bad mobile connection gets somewhere, at a round trip each.
    package static let standardChunkSize = 64 << 10

    let store: Store
    let bundle: KitBundle
    let exchange: any CentralExchange
    let origin: String
    let receipts: ReceiptVerifier
    let manifests: ManifestVerifier
    let lists: (any SyncListStore)?
    let listVerifier: ListVerifier
    let revocations: (any RevocationQuestions)?
    let pace: any Pace
    let backOff: BackOff
    let clock: any WallClock
    private let chunkSize: Int
    private var generator: any RandomNumberGenerator & Sendable

    private var meter: ProgressMeter
    private var outcome = SyncReport()
    private var sent = 0
    /// What central said at this sync that it holds of the kit; nil from one that does not tell.
    private(set) var centralChain: KitChain?

    /// - Parameters:
    ///   - lists: where central's lists are kept; nil when this kit keeps none.
    ///   - revocations: what is to be asked through central; nil for nothing.
    /// - Throws: `input.missingConfiguration` when the bundle's keys cannot be read.
    package init(
        store: Store, bundle: KitBundle, exchange: any CentralExchange, clock: any WallClock,
        lists: (any SyncListStore)? = nil, revocations: (any RevocationQuestions)? = nil,
        pace: any Pace = ContinuousPace(), backOff: BackOff = BackOff(),
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator(),
        chunkSize: Int = standardChunkSize
    ) throws(FailureReport) {
        self.store = store
        self.bundle = bundle
        self.exchange = exchange
        self.clock = clock
        self.lists = lists
        self.revocations = revocations
        self.pace = pace
        self.backOff = backOff
        self.generator = generator
        self.chunkSize = chunkSize
        var origin = bundle.centralURL
        while origin.hasSuffix("/") { origin.removeLast() }
        self.origin = origin
        do {
            let receiptKey = try VerifyingKey(pem: bundle.receiptKey)
            let kitKey = try SigningKey(pem: bundle.signingKey).verifyingKey
            receipts = ReceiptVerifier(server: bundle.serverName, keys: [receiptKey])
            manifests = ManifestVerifier(keys: [bundle.kit: [kitKey]])
            listVerifier = ListVerifier(kit: bundle.kit, keys: [receiptKey])
        } catch {
            throw FailureReport(.input(.missingConfiguration), detail: "the kit's keys", kept: .packet)
        }
        meter = ProgressMeter([], at: .zero)
    }

    /// One pass over the queue. Cancelling the task ends it at the next answer; nothing is lost by it.
    ///
    /// - Parameter progress: Called after each confirmed piece and each finished packet.
    package func run(progress: Report = { _ in }) async -> SyncReport {
        outcome = SyncReport()
        centralChain = nil
        do throws(StoreError) {
            try await store.packets.endAbandonedAttempts()
            try await purgeReceived()
            let waiting = try await store.packets.packets(in: PacketState.waiting)
            meter = ProgressMeter(waiting.map { ($0.id, $0.fileSize, $0.uploadOffset) }, at: pace.elapsed())
            progress(meter.progress)
            if let code = try await meetCentral() {
                stop(code)
            } else {
                try await compareChains()
                await renewLists()
                try await sendAll(progress)
                if outcome.stopped == nil, !outcome.wasCancelled { try await sendSeals() }
                if outcome.stopped == nil, !outcome.wasCancelled { await askRevocations() }
            }
            // A receipt that came with another packet's may have been stored in a pass that was cut.
            try await purgeReceived()
        } catch {
            outcome.stopped = error.report(kept: .packet)
        }
        return outcome
    }

    private func sendAll(_ progress: Report) async throws(StoreError) {
        var tried: Set<PacketID> = []
        while outcome.stopped == nil, !outcome.wasCancelled,
            let claim = try await store.packets.claimNext(excluding: tried)
        {
            tried.insert(claim.packet.id)
            sent = 0
            let end: UploadEnd
            do throws(StoreError) {
                end = try await send(claim.packet, progress)
            } catch {
                try await store.packets.finish(claim, .failed(error.code), bytesSent: sent)
                throw error
            }
            try await close(claim, end)
            meter.finish()
            progress(meter.progress)
        }
    }

    /// Feeds the machine of one packet until it ends.
    private func send(_ packet: QueuedPacket, _ progress: Report) async throws(StoreError) -> UploadEnd {
        var machine = UploadProtocol(packet, origin: origin, chunkSize: chunkSize)
        defer { if machine.hasResumed { outcome.resumed += 1 } }
        var effects = machine.handle(.start)
        while !effects.isEmpty {
            var next: [UploadProtocol.Effect] = []
            for effect in effects {
                if case .end(let end) = effect { return end }
                guard let event = try await perform(effect, for: packet, progress) else { continue }
                next = machine.handle(event)
            }
            effects = next
        }
        return .failed(.central(.unexpectedAnswer))
    }

    private func perform(
        _ effect: UploadProtocol.Effect, for packet: QueuedPacket, _ progress: Report
    ) async throws(StoreError) -> UploadProtocol.Event? {
        let queue = store.packets
        switch effect {
        case .send(let request): return await ask(request)
        case .append(let path, let offset, let count):
            let bytes = try await queue.bytes(of: packet.id, from: offset, count: count)
            guard bytes.count == count else { return .fileDamaged(.fileSizeWrong) }
            sent += count
            return await ask(UploadProtocol.append(bytes, at: offset, to: path))
        case .noteAnnouncement(let path): try await queue.announce(packet.id, at: path)
        case .noteOffset(let offset):
            try await queue.advance(packet.id, to: offset)
            meter.confirm(offset, of: packet.id, at: pace.elapsed())
            progress(meter.progress)
        case .forgetUpload:
            try await queue.forgetUpload(packet.id)
            meter.confirm(0, of: packet.id, at: pace.elapsed())
        case .verifyFile:
            let problem = try await queue.verifyFile(of: packet.id)
            return problem.map { .fileDamaged($0) } ?? .fileVerified
        case .takeReceipt(let compact):
            return try await take(compact, for: packet) ? .receiptStored : .receiptRejected
        case .wait(let failures):
            do {
                try await pace.wait(backOff.wait(after: failures, using: &generator))
                return .waited
            } catch {
                return .failed(.cancelled)
            }
        case .end: break
        }
        return nil
    }

    private func ask(_ request: SyncRequest) async -> UploadProtocol.Event {
        do throws(ExchangeFailure) {
            return .answered(try await exchange.exchange(request))
        } catch {
            return .failed(Task.isCancelled ? .cancelled : error)
        }
    }

    private func close(_ claim: PacketClaim, _ end: UploadEnd) async throws(StoreError) {
        let (queue, id) = (store.packets, claim.packet.id)
        outcome.bytesSent += sent
        switch end {
        case .received:
            try await queue.finish(claim, .received, bytesSent: sent)
            try await purge(id)
        case .failed(let code):
            try await queue.finish(claim, .failed(code), bytesSent: sent)
            outcome.failed[id] = code
        case .stop(let code):
            try await queue.finish(claim, .failed(code), bytesSent: sent)
            outcome.failed[id] = code
            stop(code)
        case .refused(let problem, let code):
            try await queue.finish(claim, .failed(code), bytesSent: sent)
            try await queue.refuse(id, because: problem)
            outcome.setAside[id] = code
        case .conflict(let problem, let code):
            try await queue.finish(claim, .failed(code), bytesSent: sent)
            try await queue.findConflict(id, because: problem)
            outcome.setAside[id] = code
        case .cancelled:
            try await queue.finish(claim, .cancelled, bytesSent: sent)
            outcome.wasCancelled = true
        }
    }

    func purge(_ id: PacketID) async throws(StoreError) {
        try await store.packets.purge(id)
        outcome.received.append(id)
    }

    /// A packet of this sync that central has had all along.
    func noteArrived(_ packet: QueuedPacket) {
        guard PacketState.waiting.contains(packet.state) else { return }
        meter.confirm(packet.fileSize, of: packet.id, at: pace.elapsed())
        meter.finish()
    }

    private func purgeReceived() async throws(StoreError) {
        for packet in try await store.packets.packets(in: [.received]) { try await purge(packet.id) }
    }

    func note(clockAhead: Duration) { outcome.clockAhead = clockAhead }
    func note(_ chain: KitChain?) { centralChain = chain }
    func note(rollback: RollbackMark?, taken: [CaseID]) {
        outcome.rollback = rollback
        outcome.alreadyReceived = taken
    }
    func note(seal number: Int, refused code: RefusalCode?) {
        if let code { outcome.sealsRefused[number] = code } else { outcome.sealsSent.append(number) }
    }
    func noteCancelled() { outcome.wasCancelled = true }
    func note(_ lists: [SignedListKind: ListOutcome]) { outcome.lists = lists }
    func noteRevocation(answered: Bool) {
        if answered { outcome.revocationsAnswered += 1 } else { outcome.revocationsAsked += 1 }
    }

    private func stop(_ code: FailureCode) {
        outcome.stopped = FailureReport(code, kept: .packet)
    }

    /// How long to wait after failures in a row.
    func wait(after failures: Int) async throws {
        try await pace.wait(backOff.wait(after: failures, using: &generator))
    }
}
