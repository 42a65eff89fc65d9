import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// The step line, what is to be done now at the left, and what was taken at the right.
    func enrolmentBody(_ machine: EnrolmentMachine, for size: Size) -> any Widget {
        if machine.step.isFinal { return endBody(machine) }
        let left = Stack([Spacer(rows: 0)] + instruction(machine) + facts(machine) + [Spacer()], gap: 1)
        let share: Extent = size.columns >= 110 ? .fixed(70) : .fixed(36)
        return Stack([
            Spacer(rows: size.rows >= 30 ? 1 : 0), stepLine(machine), Spacer(rows: size.rows >= 30 ? 1 : 0),
            Columns([(.share(1), left), (share, picture(machine))], gap: 2),
        ])
    }

    private func stepLine(_ machine: EnrolmentMachine) -> StepLine {
        let shown: [EnrolmentStep] = [.card, .person, .photo, .fingers, .signature, .choices, .review]
        let current = machine.step == .sealing ? .review : machine.step
        let steps = shown.map { step in
            StepLine.Step(
                name: catalogue[.step(step)], isDone: isDone(step, machine) && step != current,
                isCurrent: step == current)
        }
        let number = (shown.firstIndex(of: current) ?? 0) + 1
        return StepLine(
            steps: steps,
            spoken: catalogue.text(.stepSpoken, "\(number)", "\(shown.count)", catalogue[.step(machine.step)]))
    }

    private func isDone(_ step: EnrolmentStep, _ machine: EnrolmentMachine) -> Bool {
        let record = machine.record
        let hasCard = record.card != nil || record.cardAbsence != nil
        return switch step {
        case .card: hasCard
        case .person: hasCard && machine.step != .card && machine.step != .person
        case .photo: record.portrait != nil
        case .fingers: record.fingerOutcome != nil
        case .signature: record.signature != nil
        case .choices: record.choices != nil
        case .review, .sealing, .stored, .stopped: false
        }
    }

    // MARK: - What to do now

    private func instruction(_ machine: EnrolmentMachine) -> [any Widget] {
        var parts: [any Widget] = []
        if case .retry(let retry) = machine.notice {
            parts.append(TextBlock("! \(catalogue.explain(retry))", style: Style(.warning, .bold)))
        }
        let (heading, text) = words(machine)
        parts.append(Stack([TextBlock(heading, style: .bold)] + (text.isEmpty ? [] : [TextBlock(text)])))
        return parts
    }

    private func words(_ machine: EnrolmentMachine) -> (heading: String, text: String) {
        switch machine.activity {
        case .saving: return (catalogue[.savingHeading], catalogue[.savingText])
        case .unsaved: return (catalogue[.unsavedHeading], catalogue[.unsavedText])
        case .idle, .working, .reviewing: break
        }
        return switch machine.step {
        case .card: cardWords(machine)
        case .person: (catalogue[.personHeading], catalogue[.personText])
        case .photo: photoWords(machine)
        case .fingers: fingerWords(machine)
        case .signature: signatureWords(machine)
        case .choices: (catalogue[.choicesHeading], catalogue[.choicesText])
        case .review: (catalogue[.reviewHeading], catalogue[.reviewText])
        case .sealing: (catalogue[.sealingHeading], catalogue[.sealingText])
        case .stored, .stopped: ("", "")
        }
    }

    private func cardWords(_ machine: EnrolmentMachine) -> (String, String) {
        guard machine.activity == .working else { return (catalogue[.cardHeading], catalogue[.cardText]) }
        guard let file = capture.file else { return (catalogue[.cardInsert], catalogue[.cardInsertText]) }
        return (
            catalogue[.cardReading], catalogue.text(.cardReadingText, "\(file.index)", "\(file.count)")
        )
    }

    private func photoWords(_ machine: EnrolmentMachine) -> (String, String) {
        switch machine.activity {
        case .working: (catalogue[.photoLive], catalogue[.photoLiveText])
        case .reviewing: (catalogue[.photoReview], catalogue[.photoReviewText])
        case .idle, .saving, .unsaved: (catalogue[.photoHeading], catalogue[.photoText])
        }
    }

    private func signatureWords(_ machine: EnrolmentMachine) -> (String, String) {
        switch machine.activity {
        case .working: (catalogue[.signatureLive], catalogue[.signatureLiveText])
        case .reviewing: (catalogue[.signatureReview], catalogue[.signatureReviewText])
        case .idle, .saving, .unsaved: (catalogue[.signatureHeading], catalogue[.signatureText])
        }
    }

    // MARK: - The end

    private func endBody(_ machine: EnrolmentMachine) -> any Widget {
        let isStored = machine.step == .stored
        let heading = isStored ? catalogue[.storedHeading] : catalogue[.stoppedHeading]
        var parts: [any Widget] = [
            Spacer(rows: 1), Banner(heading, role: isStored ? .title : .alarm), Spacer(rows: 1),
        ]
        if isStored {
            parts.append(TextBlock(catalogue.text(.storedText, name(machine.record.planned.citizen))))
            parts.append(Spacer(rows: 1))
            parts.append(
                Facts(
                    [Facts.Fact(catalogue[.queuePacket], machine.packet?.description ?? "")]
                        + [Facts.Fact(catalogue[.storedNext], catalogue[.storedNextText])]))
        } else {
            parts.append(TextBlock(machine.stopReason.map { catalogue[.stopReason($0)] } ?? "", style: .bold))
            parts.append(TextBlock(catalogue[.stoppedText]))
        }
        if let next = nextCase {
            parts.append(Spacer(rows: 1))
            parts.append(TextBlock(catalogue.text(.nextPerson, name(next.planned.citizen)), style: Style(.accent)))
        }
        return Stack(parts + [Spacer()])
    }
}
