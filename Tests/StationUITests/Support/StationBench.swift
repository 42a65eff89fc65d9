import EnrolmentCore
import EnrolmentFlow
import StationUI
import TerminalKit

/// The app without devices and disk: it runs the flow's machines on the screens' effects, answers
/// saves at once, and holds captures until the test answers them.
struct StationBench {
    var model: StationModel
    private(set) var visits: [VisitMachine]
    private(set) var machine: EnrolmentMachine?
    private(set) var queue: [QueueRow] = []
    /// All effects of the screens so far.
    private(set) var effects: [StationEffect] = []
    /// The capture or the sealing that runs.
    private(set) var running: EnrolmentEffect?
    /// What a save answers; nil is that it worked.
    var saveFailure: FailureReport?
    private var drafts: [CaseID: EnrolmentDraft] = [:]
    private let kit: Kit

    init(
        kit: Kit = Specimen.kit, catalogue: Catalogue = Catalogue(), visits: [Visit] = Specimen.visits,
        pictures: PictureStyle = .shades, unlocking: UnlockMeans = .key, warnings: [KitWarning] = [],
        visitsLeft: Int = 4_120
    ) {
        self.kit = kit
        model = StationModel(kit: kit, catalogue: catalogue, pictures: pictures, unlocking: unlocking)
        self.visits = visits.map { VisitMachine(visit: $0) }
        tell(.clock(Specimen.morning, offset: Specimen.offset))
        tell(
            .kit(
                KitState(
                    devices: [
                        .scanner: .ready(product: "U.are.U 4500"), .cardReader: .ready(product: "ACR39U"),
                        .signaturePad: .ready(product: "STU-430"), .camera: .failed(.absent),
                    ], store: .ready(freeBytes: 412_000_000_000, visits: visitsLeft), clock: .synchronised,
                    central: .unreachable, warnings: warnings)))
        tell(.visits(self.visits))
        tell(.queue(QueueList(queue)))
    }

    mutating func press(_ keys: Key...) {
        for key in keys { perform(model.handle(.key(key))) }
    }

    mutating func tell(_ event: StationEvent) { perform(model.handle(event)) }

    /// Feeds an outcome to the open enrolment.
    mutating func answer(_ event: EnrolmentEvent) {
        if event != .cancel { running = nil }
        feed(event)
    }

    func screen(_ columns: Int, _ rows: Int) -> CellBuffer {
        var buffer = CellBuffer(Size(columns: columns, rows: rows))
        model.draw(into: &buffer)
        return buffer
    }

    /// All text of the small screen in one string, without line ends, to look for words in.
    var text: String { screen(132, 43).rows.joined(separator: " ") }

    private mutating func perform(_ wanted: [StationEffect]) {
        effects += wanted
        for effect in wanted {
            switch effect {
            case .openCase(let visit, let id): open(id, of: visit)
            case .leaveCase: leave()
            case .enrolment(let event): feed(event)
            default: break
            }
        }
    }

    private mutating func open(_ id: CaseID, of visitID: VisitID) {
        guard let index = visits.firstIndex(where: { $0.visit.id == visitID }),
            let planned = visits[index].visit.cases.first(where: { $0.id == id })
        else { return }
        _ = visits[index].handle(.openCase(id))
        if let draft = drafts[id] {
            machine = EnrolmentMachine(resuming: draft, rules: Specimen.rules, today: Specimen.today)
        } else {
            machine = EnrolmentMachine(
                record: EnrolmentRecord(
                    visit: visits[index].visit, planned: planned, officer: Officer(id: OfficerID("A12")), kit: kit,
                    startedAt: Specimen.morning), rules: Specimen.rules, today: Specimen.today)
        }
        tell(.enrolment(machine))
    }

    private mutating func leave() {
        if let machine { changeVisit(of: machine, .leaveCase) }
        machine = nil
        tell(.enrolment(nil))
        tell(.visits(visits))
    }

    private mutating func feed(_ event: EnrolmentEvent) {
        guard var machine else { return }
        let wanted = machine.handle(event)
        self.machine = machine
        tell(.enrolment(machine))
        for effect in wanted { perform(effect) }
        settle(machine)
    }

    private mutating func perform(_ effect: EnrolmentEffect) {
        switch effect {
        case .saveDraft(let draft):
            if let saveFailure {
                feed(.draftNotSaved(saveFailure))
            } else {
                drafts[draft.record.planned.id] = draft
                if let machine { changeVisit(of: machine, .draftSaved(draft.record.planned.id)) }
                feed(.draftSaved(revision: draft.revision))
            }
        case .discardDraft(let id, _): drafts[id] = nil
        case .cancelCapture:
            running = nil
            feed(.captureFailed(FailureReport(DeviceError(.scanner, .cancelled), kept: .draft)))
        case .readCard, .takePortrait, .takeFinger, .takeSignature, .seal: running = effect
        }
    }

    private mutating func settle(_ machine: EnrolmentMachine) {
        if machine.step == .stored, let packet = machine.packet {
            queue = [
                QueueRow(
                    packet: packet, sequence: 1, caseID: machine.record.planned.id, state: .sealed,
                    sealedAt: Specimen.morning, bytes: 412_345)
            ]
            changeVisit(of: machine, .caseStored(machine.record.planned.id, packet))
            tell(.queue(QueueList(queue)))
        }
        if machine.step == .stopped { changeVisit(of: machine, .caseStopped(machine.record.planned.id)) }
        tell(.visits(visits))
    }

    private mutating func changeVisit(of machine: EnrolmentMachine, _ event: VisitMachine.Event) {
        guard let index = visits.firstIndex(where: { $0.visit.id == machine.record.visitID }) else { return }
        _ = visits[index].handle(event)
    }
}
