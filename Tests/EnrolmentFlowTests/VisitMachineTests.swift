import EnrolmentCore
import EnrolmentFlow
import Testing

@Suite struct VisitMachineTests {
    typealias Given = EnrolmentFixtures

    static let first = CaseID("a")
    static let second = CaseID("b")

    static func visit() -> Visit {
        let planned = Given.planned()
        return Visit(
            id: VisitID("v"), plannedFor: Given.today, place: .careHome,
            address: CardAddress(streetAndNumber: "Dorpsstraat 1", postalCode: "8000", municipality: "Brugge"),
            eligibility: Eligibility(reason: .bedridden, attest: nil),
            cases: [first, second].map { PlannedCase(id: $0, citizen: planned.citizen, applyingFor: .eID) })
    }

    /// One machine in each state.
    static func machine(in state: VisitMachine.State) -> VisitMachine {
        var machine = VisitMachine(visit: visit())
        switch state {
        case .planned: break
        case .helping: _ = machine.handle(.openCase(first))
        case .paused: _ = machine.handle(.draftSaved(first))
        case .complete:
            _ = machine.handle(.caseStored(first, Given.packetID))
            _ = machine.handle(.caseStopped(second))
        }
        return machine
    }

    @Test("every pair of state and event does what this table says")
    func table() {
        typealias Row = (VisitMachine.State, VisitMachine.Event, VisitMachine.State, [VisitMachine.Effect])
        let stored = VisitMachine.Event.caseStored(Self.first, Given.packetID)
        let stopped = VisitMachine.Event.caseStopped(Self.first)
        let rows: [Row] = [
            (.planned, .openCase(Self.first), .helping, [.beginCase(Self.first)]),
            (.planned, .leaveCase, .planned, []),
            (.planned, .draftSaved(Self.first), .paused, []),
            (.planned, stored, .paused, []),
            (.planned, stopped, .paused, []),
            (.helping, .openCase(Self.second), .helping, []),
            (.helping, .leaveCase, .planned, []),
            (.helping, .draftSaved(Self.first), .helping, []),
            (.helping, stored, .paused, []),
            (.helping, stopped, .paused, []),
            (.paused, .openCase(Self.first), .helping, [.resumeCase(Self.first)]),
            (.paused, .leaveCase, .paused, []),
            (.paused, .draftSaved(Self.first), .paused, []),
            (.paused, stored, .paused, []),
            (.paused, stopped, .paused, []),
            (.complete, .openCase(Self.first), .complete, []),
            (.complete, .leaveCase, .complete, []),
            (.complete, .draftSaved(Self.first), .complete, []),
            (.complete, stored, .complete, []),
            (.complete, stopped, .complete, []),
        ]
        #expect(rows.count == VisitMachine.State.allCases.count * 5)
        for (state, event, after, effects) in rows {
            var machine = Self.machine(in: state)
            #expect(machine.state == state)
            #expect(machine.handle(event) == effects, "\(state) \(event)")
            #expect(machine.state == after, "\(state) \(event)")
        }
    }

    @Test("the last case that is done completes the visit")
    func complete() {
        var machine = Self.machine(in: .paused)
        #expect(machine.handle(.caseStored(Self.first, Given.packetID)).isEmpty)
        #expect(machine.handle(.caseStopped(Self.second)) == [.visitComplete(VisitID("v"))])
    }

    @Test("who was begun with comes first after a restart")
    func next() {
        let machine = VisitMachine(visit: Self.visit(), outcomes: [Self.second: .begun])
        #expect(machine.next == Self.second)
    }

    @Test("a case of another visit changes nothing")
    func stranger() {
        var machine = Self.machine(in: .planned)
        let before = machine
        #expect(machine.handle(.openCase(CaseID("x"))).isEmpty)
        #expect(machine.handle(.caseStored(CaseID("x"), Given.packetID)).isEmpty)
        #expect(machine == before)
    }
}
