package import EnrolmentCore

/// A visit as a state and what events do to it: which person is being helped, and what came of the
/// others. What happens within one person's business is `EnrolmentMachine`'s or `DeliveryMachine`'s.
package struct VisitMachine: Hashable, Sendable {
    package let visit: Visit
    /// Of every case of the visit.
    package private(set) var outcomes: [CaseID: CaseOutcome]
    /// The case on the screen.
    package private(set) var open: CaseID?

    package enum State: String, CaseIterable, Sendable {
        /// Nobody has been helped yet.
        case planned
        /// A case is on the screen.
        case helping
        /// Some cases are begun or done and none is on the screen.
        case paused
        /// Every case is stored or stopped.
        case complete
    }

    package enum CaseOutcome: Hashable, Sendable {
        case planned
        /// There is a draft: it can be gone on with.
        case begun
        case stored(PacketID)
        case stopped

        package var isFinal: Bool {
            switch self {
            case .planned, .begun: false
            case .stored, .stopped: true
            }
        }
    }

    package enum Event: Hashable, Sendable {
        case openCase(CaseID)
        /// Back to the list; the draft stays.
        case leaveCase
        case draftSaved(CaseID)
        case caseStored(CaseID, PacketID)
        case caseStopped(CaseID)
    }

    package enum Effect: Hashable, Sendable {
        case beginCase(CaseID)
        case resumeCase(CaseID)
        /// Nobody is left to help at this address.
        case visitComplete(VisitID)
    }

    /// - Parameter outcomes: what the store knows of the cases; the rest counts as planned.
    package init(visit: Visit, outcomes: [CaseID: CaseOutcome] = [:]) {
        self.visit = visit
        self.outcomes = Dictionary(uniqueKeysWithValues: visit.cases.map { ($0.id, outcomes[$0.id] ?? .planned) })
    }

    package var state: State {
        if open != nil { return .helping }
        if outcomes.values.allSatisfy(\.isFinal) { return .complete }
        return outcomes.values.allSatisfy { $0 == .planned } ? .planned : .paused
    }

    /// The first case that is neither stored nor stopped; one that was begun comes before the others.
    package var next: CaseID? {
        let unfinished = visit.cases.map(\.id).filter { outcomes[$0]?.isFinal == false }
        return unfinished.first { outcomes[$0] == .begun } ?? unfinished.first
    }

    /// Advances by one event; an event about a case that is not of this visit, or is done, changes nothing.
    package mutating func handle(_ event: Event) -> [Effect] {
        switch event {
        case .openCase(let id):
            guard open == nil, let outcome = outcomes[id], !outcome.isFinal else { return [] }
            open = id
            return [outcome == .begun ? .resumeCase(id) : .beginCase(id)]
        case .leaveCase:
            open = nil
            return []
        case .draftSaved(let id):
            guard outcomes[id] == .planned else { return [] }
            outcomes[id] = .begun
            return []
        case .caseStored(let id, let packet): return finish(id, as: .stored(packet))
        case .caseStopped(let id): return finish(id, as: .stopped)
        }
    }

    private mutating func finish(_ id: CaseID, as outcome: CaseOutcome) -> [Effect] {
        guard let known = outcomes[id], !known.isFinal else { return [] }
        outcomes[id] = outcome
        if open == id { open = nil }
        return state == .complete ? [.visitComplete(visit.id)] : []
    }
}
