import EnrolmentCore
import EnrolmentFlow
import TerminalKit

extension StationModel {
    /// The step line, what is to be done now at the left, and the pictures at the right.
    func deliveryBody(_ machine: DeliveryMachine, for size: Size) -> any Widget {
        if machine.step.isFinal { return deliveryEnd(machine) }
        let left = Stack([Spacer(rows: 0)] + instruction(machine) + deliveryFacts(machine) + [Spacer()], gap: 1)
        let share: Extent = size.columns >= 110 ? .fixed(70) : .fixed(32)
        return Stack([
            Spacer(rows: size.rows >= 30 ? 1 : 0), stepLine(machine), Spacer(rows: size.rows >= 30 ? 1 : 0),
            Columns([(.share(1), left), (share, deliveryPicture(machine))], gap: 2),
        ])
    }

    private func stepLine(_ machine: DeliveryMachine) -> StepLine {
        let shown: [DeliveryStep] = [.card, .person, .pin, .certificates, .replaced, .receipt, .review]
        let current = machine.step == .sealing ? .review : machine.step
        let number = (shown.firstIndex(of: current) ?? 0) + 1
        return StepLine(
            steps: shown.map { step in
                StepLine.Step(
                    name: catalogue[.deliveryStep(step)], isDone: isDone(step, machine) && step != current,
                    isCurrent: step == current)
            },
            spoken: catalogue.text(.stepSpoken, "\(number)", "\(shown.count)", catalogue[.deliveryStep(machine.step)]))
    }

    private func isDone(_ step: DeliveryStep, _ machine: DeliveryMachine) -> Bool {
        guard let part = DeliveryPart(rawValue: step.rawValue) else { return false }
        return !machine.record.missing.contains(part)
    }

    // MARK: - What to do now

    private func instruction(_ machine: DeliveryMachine) -> [any Widget] {
        var parts: [any Widget] = []
        if let trouble = trouble(machine) {
            parts.append(TextBlock("! \(trouble)", style: Style(.warning, .bold)))
        }
        let (heading, text) = words(machine)
        parts.append(Stack([TextBlock(heading, style: .bold)] + (text.isEmpty ? [] : [TextBlock(text)])))
        return parts
    }

    /// What went wrong last and a person can mend.
    private func trouble(_ machine: DeliveryMachine) -> String? {
        switch machine.notice {
        case .retry(let retry): catalogue.explain(retry)
        case .pin(let trouble): words(for: trouble)
        case .certificate(let key, let verdict):
            catalogue.text(.certificateNotProven, catalogue[.holderKey(key)], catalogue[.holderVerdict(verdict)])
        case .failure, .refused, nil: nil
        }
    }

    private func words(for trouble: DeliveryPINTrouble) -> String {
        switch trouble {
        case .wrong(let left):
            [catalogue[.pinWrong], left.map { catalogue.text(.pinTriesLeft, "\($0)") + "." } ?? ""]
                .filter { !$0.isEmpty }.joined(separator: " ")
        case .blocked(let unblocking): catalogue[.unblocking(unblocking)]
        case .badPIN: catalogue[.turnedWrongLength]
        case .newPINsDiffer: catalogue[.turnedDiffer]
        case .cancelled: catalogue[.pinCancelled]
        case .timedOut: catalogue[.pinTimedOut]
        case .notActivated: catalogue.explain(.cardNotActivated)
        case .noKey: catalogue[.pinNoKey]
        case .noCard: catalogue.explain(.noCard)
        case .removed: catalogue.explain(.cardRemoved)
        case .otherCard: catalogue[.pinOtherCard]
        case .changeUnknown: catalogue[.pinChangeUnknown]
        }
    }

    private func words(_ machine: DeliveryMachine) -> (heading: String, text: String) {
        switch machine.activity {
        case .saving: return (catalogue[.savingHeading], catalogue[.savingText])
        case .unsaved: return (catalogue[.unsavedHeading], catalogue[.unsavedText])
        case .idle, .working, .reviewing: break
        }
        let isWorking = machine.activity == .working
        return switch machine.step {
        case .card: newCardWords(isWorking)
        case .person:
            isWorking
                ? (catalogue[.photoLive], catalogue[.photoLiveText])
                : (catalogue[.handoverPerson], catalogue[.handoverPersonText])
        case .pin, .certificates: keyWords(machine, isWorking)
        case .replaced: (catalogue[.replacedHeading], catalogue[.replacedText])
        case .receipt: receiptWords(machine)
        case .review: (catalogue[.reviewHeading], catalogue[.reviewDeliveryText])
        case .sealing: (catalogue[.sealingHeading], catalogue[.sealingText])
        case .stored, .stopped: ("", "")
        }
    }

    private func newCardWords(_ isWorking: Bool) -> (String, String) {
        guard isWorking else { return (catalogue[.newCardHeading], catalogue[.newCardText]) }
        guard let file = capture.file else { return (catalogue[.cardInsert], catalogue[.cardInsertText]) }
        return (catalogue[.cardReading], catalogue.text(.cardReadingText, "\(file.index)", "\(file.count)"))
    }

    private func keyWords(_ machine: DeliveryMachine, _ isWorking: Bool) -> (String, String) {
        if isWorking { return (catalogue[.cardWorking], catalogue[.cardWorkingText]) }
        guard machine.step == .certificates else {
            return (
                catalogue[.pinHeading], catalogue[machine.pinState == nil ? .pinAskText : .pinText]
            )
        }
        let key = machine.record.unsettledKeys.first.map { catalogue[.holderKey($0)] } ?? ""
        return (
            catalogue.text(.trialHeading, key), catalogue[machine.pinState == nil ? .pinAskText : .trialText]
        )
    }

    private func receiptWords(_ machine: DeliveryMachine) -> (String, String) {
        switch machine.activity {
        case .working: (catalogue[.signatureLive], catalogue[.signatureLiveText])
        case .reviewing: (catalogue[.signatureReview], catalogue[.signatureReviewText])
        case .idle, .saving, .unsaved: (catalogue[.receiptHeading], catalogue[.receiptText])
        }
    }

    // MARK: - Pictures

    private func deliveryPicture(_ machine: DeliveryMachine) -> any Widget {
        switch machine.step {
        case .card: return photoPanel(.pictureCard, cardPhoto)
        case .person:
            if machine.activity == .working { return photoPanel(.picturePreview, capture.preview) }
            guard portrait != nil, machine.record.portrait != nil else { return photoPanel(.pictureCard, cardPhoto) }
            // The photo of the card beside the living face: is this the same person?
            return Columns(
                [(.share(1), photoPanel(.pictureCard, cardPhoto)), (.share(1), photoPanel(.picturePreview, portrait))],
                gap: 0)
        case .pin, .certificates, .replaced: return photoPanel(.pictureCard, cardPhoto)
        case .receipt, .review, .sealing:
            if machine.activity == .working { return panel(.pictureSignature, liveInk) }
            guard case .signed(let sample)? = machine.record.receipt?.signature else {
                return panel(.pictureSignature, Spacer())
            }
            return panel(.pictureSignature, ink(sample))
        case .stored, .stopped: return Spacer()
        }
    }

    // MARK: - The end

    private func deliveryEnd(_ machine: DeliveryMachine) -> any Widget {
        let isStored = machine.step == .stored
        var parts: [any Widget] = [
            Spacer(rows: 1),
            Banner(
                isStored ? catalogue[.deliveredHeading] : catalogue[.stoppedHeading], role: isStored ? .title : .alarm),
            Spacer(rows: 1),
        ]
        if isStored {
            parts.append(TextBlock(catalogue.text(.deliveredText, name(machine.record.planned.citizen))))
        } else {
            parts.append(TextBlock(machine.stopReason.map { catalogue[.deliveryStop($0)] } ?? "", style: .bold))
            parts.append(TextBlock(catalogue[machine.packet == nil ? .stoppedText : .stoppedToldText]))
        }
        if let packet = machine.packet {
            parts.append(Spacer(rows: 1))
            parts.append(Facts([Facts.Fact(catalogue[.queuePacket], packet.description)]))
        }
        if let next = nextCase {
            parts.append(Spacer(rows: 1))
            parts.append(TextBlock(catalogue.text(.nextPerson, name(next.planned.citizen)), style: Style(.accent)))
        }
        return Stack(parts + [Spacer()])
    }
}
