import EnrolmentCore
import EnrolmentFlow
import StationUI

/// What is under way for the screens: at most one enrolment and one synchronisation.
struct StationWork {
    private let station: Station
    private let unlock: @Sendable (String) async -> Bool
    private let inputs: AsyncStream<StationRunner.Input>.Continuation
    /// The visit of the open case: it says which case may be opened, and what came of it.
    private var visit: VisitMachine?
    private(set) var session: EnrolmentSession?
    private var sync: Task<Void, Never>?
    let previews = PreviewGate()

    init(
        station: Station, unlock: @escaping @Sendable (String) async -> Bool,
        inputs: AsyncStream<StationRunner.Input>.Continuation
    ) {
        self.station = station
        self.unlock = unlock
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
            return [.enrolment(nil)]
        case .enrolment(let event): await session?.send(event)
        case .shutter: await session?.shutter()
        case .triggerFinger: await session?.triggerFinger()
        case .finishSignature: await session?.finishInk()
        case .startSync: startSync()
        case .cancelSync: sync?.cancel()
        case .showDay: return [await station.dayEvent()]
        case .unlock(let passphrase): return [.unlocked(await unlock(passphrase.text))]
        case .locked, .quit: break
        }
        return []
    }

    /// Keeps the visit up to date with what its open case has come to.
    mutating func note(_ update: EnrolmentSession.Update) {
        guard case .state(let machine) = update else { return }
        let id = machine.record.planned.id
        if machine.draft.revision > 0 { _ = visit?.handle(.draftSaved(id)) }
        if let packet = machine.packet { _ = visit?.handle(.caseStored(id, packet)) }
        if machine.step == .stopped { _ = visit?.handle(.caseStopped(id)) }
    }

    func end() async {
        sync?.cancel()
        await sync?.value
        await session?.close()
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
                    await session?.close()
                    follow(try await station.open(id, in: visitID))
                case .visitComplete: break
                }
            }
            visit = machine
            return []
        } catch {
            return [.failure(error)]
        }
    }

    private mutating func follow(_ session: EnrolmentSession) {
        self.session = session
        Task { [inputs, previews] in
            for await update in session.updates where previews.admits(update) {
                inputs.yield(.enrolment(session, update))
            }
            inputs.yield(.refresh)
        }
    }

    private mutating func startSync() {
        sync?.cancel()
        sync = Task { [station, inputs] in
            for await state in station.syncStates() { inputs.yield(.news(.sync(state))) }
            inputs.yield(.refresh)
        }
    }
}
