import EnrolmentCore
import EnrolmentFlow

/// One person on the home screen: the plan, what came of it, and where its packet is.
struct CaseRow: Hashable, Sendable {
    let visit: Visit
    let planned: PlannedCase
    let outcome: VisitMachine.CaseOutcome
    let packet: QueueRow?
}

extension StationModel {
    /// All people of today, visit by visit.
    var cases: [CaseRow] {
        visits.flatMap { machine in
            machine.visit.cases.map { planned in
                CaseRow(
                    visit: machine.visit, planned: planned, outcome: machine.outcomes[planned.id] ?? .planned,
                    packet: packet(of: machine.outcomes[planned.id]))
            }
        }
    }

    var selected: CaseRow? { cases.indices.contains(selectedCase) ? cases[selectedCase] : nil }

    /// Who is to be helped after the open case.
    var nextCase: CaseRow? {
        let others = cases.filter { $0.planned.id != openCase?.id && !$0.outcome.isFinal }
        return others.first { $0.visit.id == openCase?.visit } ?? others.first
    }

    private func packet(of outcome: VisitMachine.CaseOutcome?) -> QueueRow? {
        guard case .stored(let id) = outcome else { return nil }
        return queue.rows.first { $0.packet == id } ?? queue.beside.first { $0.packet == id }
    }
}
