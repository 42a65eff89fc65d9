import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// Today's visits with their people at the left; the queue and the kit at the right.
    func homeBody(for size: Size) -> any Widget {
        let side = Stack([Panel(catalogue[.homeQueue], queueSummary), Panel(catalogue[.homeKit], kitFacts), Spacer()])
        let visits = Panel(visitsHeading, VisitList(rows: visitRows, empty: catalogue[.homeNoVisits]))
        let body = Columns([(.share(1), visits), (.fixed(size.columns >= 110 ? 46 : 30), side)], gap: 1)
        // Two at most: the list of people is what the officer came for.
        return kitState.warnings.isEmpty
            ? body : Stack(kitState.warnings.prefix(2).map { line($0) } + [Filling(body)] as [any Widget])
    }

    private var visitsHeading: String {
        guard let now else { return catalogue[.homeVisits] }
        return "\(catalogue[.homeVisits]) · \(catalogue.day(now.advanced(by: offset).dayInUTC))"
    }

    private var visitRows: [VisitList.Row] {
        var rows: [VisitList.Row] = []
        var last: VisitID?
        for (index, row) in cases.enumerated() {
            if row.visit.id != last {
                let address = row.visit.address
                rows.append(
                    .heading(
                        "\(address.streetAndNumber), \(address.postalCode) \(address.municipality)",
                        detail: catalogue[.place(row.visit.place)]))
                last = row.visit.id
            }
            let citizen = row.planned.citizen
            rows.append(
                .person(
                    name: name(citizen), born: catalogue.shortDay(citizen.birthDate),
                    kind: kind(of: row.planned), state: state(of: row),
                    isSelected: index == selectedCase))
        }
        return rows
    }

    private func kind(of planned: PlannedCase) -> String {
        let kind = catalogue[.cardKind(planned.applyingFor)]
        return planned.delivery == nil ? kind : catalogue.text(.deliveryOf, kind)
    }

    private func state(of row: CaseRow) -> (text: String, style: Style) {
        switch row.outcome {
        case .planned: (catalogue[row.planned.delivery == nil ? .casePlanned : .caseDelivery], .plain)
        case .begun: (catalogue[.caseBegun], Style(.accent, .bold))
        case .stopped: (catalogue[.caseStopped], .muted)
        case .stored:
            row.packet.map { (catalogue[.queueState($0.state)], $0.state.style) } ?? (
                catalogue[.caseStored], Style(.good)
            )
        }
    }

    private var queueSummary: any Widget {
        var facts = [
            Facts.Fact(
                catalogue[.homeWaiting],
                queue.waiting == 0 ? "0" : "\(queue.waiting) · \(catalogue.bytes(queue.bytesWaiting))",
                style: queue.waiting == 0 ? .plain : .bold),
            Facts.Fact(
                catalogue[.homeReceived], "\(queue.received)", style: queue.received > 0 ? Style(.good) : .plain),
        ]
        if queue.needPerson > 0 {
            facts.append(Facts.Fact(catalogue[.homeNeedsPerson], "\(queue.needPerson)", style: Style(.danger, .bold)))
        }
        return Facts(facts)
    }

    private var kitFacts: any Widget {
        var facts = DeviceKind.allCases.map { kind in
            let (text, style) = condition(kitState.devices[kind])
            return Facts.Fact(catalogue[.ui(kind.shortName)], text, style: style)
        }
        facts.append(fact(.homeStore, storeCondition))
        facts.append(fact(.homeClock, clockCondition))
        facts.append(fact(.homeCentral, centralCondition))
        return Facts(facts)
    }

    private func fact(_ label: UIText, _ condition: (text: String, style: Style)) -> Facts.Fact {
        Facts.Fact(catalogue[label], condition.text, style: condition.style)
    }

    private func condition(_ device: DeviceCondition?) -> (String, Style) {
        switch device {
        case nil: (catalogue[.conditionUnknown], .muted)
        case .ready: (catalogue[.conditionReady], Style(.good))
        case .failed(let problem): (catalogue[.deviceProblem(problem)], Style(.danger, .bold))
        }
    }

    private var storeCondition: (String, Style) {
        switch kitState.store {
        case .unknown: (catalogue[.conditionUnknown], .muted)
        // Beyond that nobody plans, and the number would only look exact.
        case .ready(_, let visits?) where visits < 100: (catalogue.text(.storeVisits, "\(visits)"), spaceStyle)
        case .ready(let free, _): (catalogue.text(.storeFree, catalogue.bytes(free)), Style(.good))
        case .failed(let failure): (catalogue[.storeFailure(failure, .title)], Style(.danger, .bold))
        }
    }

    private var spaceStyle: Style {
        let isLow = kitState.warnings.contains {
            switch $0 {
            case .spaceLow, .spaceReserved: true
            default: false
            }
        }
        return isLow ? Style(.warning, .bold) : Style(.good)
    }

    /// One line for each warning, in words that say what to do.
    func line(_ warning: KitWarning) -> TextBlock {
        switch warning {
        case .spaceLow(let visits): TextBlock(catalogue.text(.warningSpaceLow, "\(visits)"), style: Style(.warning))
        case .spaceReserved: TextBlock(catalogue[.warningSpaceReserved], style: Style(.danger, .bold))
        case .draftsOld(let cases, let days):
            TextBlock(catalogue.text(.warningDraftsOld, "\(cases)", "\(days)"), style: Style(.danger))
        case .keptDamaged(let items):
            TextBlock(catalogue.text(.warningKeptDamaged, "\(items)"), style: Style(.danger, .bold))
        case .filesClosed(let files):
            TextBlock(catalogue.text(.warningFilesClosed, "\(files)"), style: Style(.danger))
        case .draftsOverdue(let cases, let days):
            TextBlock(
                catalogue.text(.warningDraftsOverdue, "\(cases)", "\(days)"), style: Style(.danger, .bold))
        case .packetsOld(let days): TextBlock(catalogue.text(.warningPacketsOld, "\(days)"), style: Style(.warning))
        case .dayNotClosed(let day):
            TextBlock(catalogue.text(.warningDayNotClosed, catalogue.shortDay(day)), style: Style(.warning))
        case .rolledBack: TextBlock(catalogue[.warningRolledBack], style: Style(.danger, .bold))
        }
    }

    private var clockCondition: (String, Style) {
        let text = catalogue[.clock(kitState.clock)]
        return switch kitState.clock {
        case .synchronised: (text, Style(.good))
        case .plausible: (text, .plain)
        case .implausible: (text, Style(.danger, .bold))
        }
    }

    private var centralCondition: (String, Style) {
        switch kitState.central {
        case .unknown: (catalogue[.conditionUnknown], .muted)
        case .notConfigured: (catalogue[.centralNotConfigured], Style(.danger))
        case .reachable: (catalogue[.centralReachable], Style(.good))
        case .unreachable: (catalogue[.centralUnreachable], .plain)
        case .failed(let failure): (catalogue[.centralFailure(failure, .title)], Style(.danger, .bold))
        }
    }
}

extension DeviceKind {
    /// Its name in a list.
    var shortName: UIText {
        switch self {
        case .scanner: .shortScanner
        case .cardReader: .shortCardReader
        case .signaturePad: .shortSignaturePad
        case .camera: .shortCamera
        }
    }
}

extension QueueRow.State {
    var style: Style {
        switch self {
        case .sealed: Style(.accent)
        case .uploading: Style(.accent, .bold)
        case .received, .purged: Style(.good)
        case .conflict, .refused: Style(.danger, .bold)
        }
    }
}
