import EnrolmentCore
import EnrolmentFlow
import OfflineCache
import StationUI

/// What is under way for the screens: at most one enrolment and one synchronisation.
struct StationWork {
    var station: Station
    /// Who opens the screens.
    let doorkeeper: Doorkeeper
    private let uptime: any UptimeClock = BootClock()
    private var watch: IdleWatch?
    private let inputs: AsyncStream<StationRunner.Input>.Continuation
    /// The visit of the open case: it says which case may be opened, and what came of it.
    private var visit: VisitMachine?
    private(set) var session: CaseSession?
    private var sync: Task<Void, Never>?
    /// Lines of the queue that the officer has come to.
    private var shownPackets = Store.queuePage
    let previews = PreviewGate()

    init(
        station: Station, doorkeeper: Doorkeeper, idle: Duration?,
        inputs: AsyncStream<StationRunner.Input>.Continuation
    ) {
        self.station = station
        self.doorkeeper = doorkeeper
        // A machine that does not say how long it runs locks no sooner and no later than by the lock key.
        let start = try? BootClock().now()
        watch = idle.flatMap { limit in start.map { IdleWatch(limit: limit, now: $0) } }
        self.inputs = inputs
    }

    /// - Returns: what the screens are to be told at once; the rest comes through the inputs.
    mutating func perform(_ effect: StationEffect) async -> [StationEvent] {
        switch effect {
        case .openCase(let visit, let id): return await open(id, in: visit)
        case .leaveCase:
            await session?.close()
            session = nil
            _ = visit?.handle(.leaveCase)
            inputs.yield(.refresh)
            return [.enrolment(nil), .delivery(nil)]
        case .enrolment(let event): if case .enrolment(let session) = session { await session.send(event) }
        case .delivery(let event): if case .delivery(let session) = session { await session.send(event) }
        case .wantPINs(let count): return memory(for: count) { .pinEntries($0) }
        case .shutter: await session?.shutter()
        case .triggerFinger: if case .enrolment(let session) = session { await session.triggerFinger() }
        case .finishSignature: await session?.finishInk()
        case .startSync: startSync()
        case .cancelSync: sync?.cancel()
        case .showDay: return [await station.dayEvent()]
        case .login(let wish): return await login(wish)
        case .showPackets(let count):
            shownPackets = max(shownPackets, count)
            return [await station.queueEvent(packets: shownPackets)]
        case .retryPacket(let id):
            if let failure = await station.retry(id) { return [failure] }
            return await lists()
        case .closeDay(let reason):
            inputs.yield(.refresh)
            return await station.closeDay(reason)
        case .locked, .quit: break
        }
        return []
    }

    /// Visits and queue as they are now.
    func lists() async -> [StationEvent] { await station.listEvents(packets: shownPackets) }

    /// Somebody is at the keys.
    mutating func touched() {
        if let now = try? uptime.now() { watch?.key(at: now) }
    }

    var isIdle: Bool {
        guard let watch, let now = try? uptime.now() else { return false }
        return watch.isOver(at: now)
    }

    /// Keeps the visit up to date with what its open case has come to.
    mutating func note(_ update: CaseSession.Update) {
        switch update {
        case .enrolment(.state(let machine)):
            note(
                machine.record.planned.id, isBegun: machine.draft.revision > 0, packet: machine.packet,
                isStopped: machine.step == .stopped)
        case .delivery(.state(let machine)):
            // A delivery that was stopped can have a packet too: what cannot be undone is told to central.
            note(
                machine.record.planned.id, isBegun: machine.draft.revision > 0, packet: machine.packet,
                isStopped: machine.step == .stopped && machine.packet == nil)
        case .enrolment(.progress), .delivery(.progress): break
        }
    }

    private mutating func note(_ id: CaseID, isBegun: Bool, packet: PacketID?, isStopped: Bool) {
        if isBegun { _ = visit?.handle(.draftSaved(id)) }
        if let packet { _ = visit?.handle(.caseStored(id, packet)) }
        if isStopped { _ = visit?.handle(.caseStopped(id)) }
    }

    /// To type into; without memory that can be kept secret neither PIN nor passphrase is typed.
    private func memory(for count: Int, _ event: ([SecretBytes]) -> StationEvent?) -> [StationEvent] {
        do throws(SecretMemoryError) {
            var entries: [SecretBytes] = []
            for _ in 0..<count { entries.append(try SecretBytes()) }
            return event(entries).map { [$0] } ?? []
        } catch {
            return [.failure(FailureReport(.store(.unsafeSetting), detail: "no memory for a secret", kept: .draft))]
        }
    }

    func end() async {
        sync?.cancel()
        await sync?.value
        await session?.close()
        await doorkeeper.close()
    }

    /// Performs what the visit asks for when this case is opened; a case that is done stays closed, and one
    /// that was open is left first.
    private mutating func open(_ id: CaseID, in visitID: VisitID) async -> [StationEvent] {
        do throws(FailureReport) {
            guard var machine = try await station.kit.plannedVisits().first(where: { $0.visit.id == visitID }) else {
                throw FailureReport(.input(.unknownVisit), detail: "visit \(visitID)", kept: .nothingToKeep)
            }
            for effect in machine.handle(.openCase(id)) {
                switch effect {
                case .beginCase(let id), .resumeCase(let id):
                    station.officer = try await officer()
                    await session?.close()
                    guard let planned = machine.visit.cases.first(where: { $0.id == id }) else { continue }
                    follow(try await begin(planned, in: machine.visit))
                case .visitComplete: break
                }
            }
            visit = machine
            return []
        } catch {
            return [.failure(error)]
        }
    }

    private func begin(_ planned: PlannedCase, in visit: Visit) async throws(FailureReport) -> CaseSession {
        switch try await station.kind(of: planned) {
        case .enrolment: .enrolment(try await station.open(planned, in: visit))
        case .delivery: .delivery(try await station.openDelivery(planned, in: visit))
        }
    }

    private mutating func follow(_ session: CaseSession) {
        self.session = session
        Task { [inputs, previews] in
            await session.follow { update in
                if previews.admits(update) { inputs.yield(.update(session, update)) }
            }
            inputs.yield(.refresh)
        }
    }

    private mutating func startSync() {
        let before = sync
        before?.cancel()
        sync = Task { [station, inputs] in
            // One at a time: a second one would take the first one's attempts for abandoned.
            await before?.value
            for await state in station.syncStates() { inputs.yield(.news(.sync(state))) }
            inputs.yield(.refresh)
        }
    }
}
