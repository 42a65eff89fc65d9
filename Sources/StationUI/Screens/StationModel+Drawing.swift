import EnrolmentCore
import EnrolmentFlow
package import TerminalKit

extension StationModel: TerminalContent {
    /// Draws the whole screen.
    package func draw(into buffer: inout CellBuffer) {
        let shown = visibleScreen(for: buffer.size)
        guard let shown else {
            buffer.writeAlone(lockText)
            return
        }
        guard buffer.size.fitsStation else {
            buffer.writeAlone(catalogue[.windowTooSmall])
            return
        }
        shown.draw(into: &buffer)
    }

    package var hidesWhatWas: Bool { visibleScreen(for: Size(columns: 80, rows: 24)) == nil }

    package var plainLines: [String] {
        visibleScreen(for: Size(columns: 80, rows: 24))?.plainLines ?? [lockText]
    }

    /// Nil while there is but one line to be seen.
    private func visibleScreen(for size: Size) -> Screen? {
        switch lock {
        case .open: citizenPIN.map { turnedScreen($0) } ?? screen(for: size)
        case .unlocking(let unlock):
            UnlockPage(unlock, label: label, reader: reader, catalogue: catalogue, now: now, offset: offset).screen
        case .blank: nil
        }
    }

    func screen(for size: Size) -> Screen {
        Screen(
            title: TitleBar(title: title, status: status),
            banner: kit.isTraining ? Banner(catalogue[.trainingBanner]) : nil,
            body: body(for: size),
            keys: KeyHintBar(hints, notice: notice),
            box: prompt.map { box($0) })
    }

    private func body(for size: Size) -> any Widget {
        switch place {
        case .home: homeBody(for: size)
        case .queue: queueBody(for: size)
        case .sync: syncBody
        case .day: dayBody
        case .enrolment: enrolment.map { enrolmentBody($0, for: size) } ?? Spacer()
        case .delivery: delivery.map { deliveryBody($0, for: size) } ?? Spacer()
        }
    }

    private var title: String {
        switch place {
        case .home: catalogue[.homeTitle]
        case .queue: catalogue[.queueTitle]
        case .sync: catalogue[.syncTitle]
        case .day: catalogue[.dayTitle]
        case .enrolment:
            catalogue.text(.enrolmentTitle, enrolment.map { name($0.record.planned.citizen) } ?? "")
        case .delivery: catalogue.text(.deliveryTitle, delivery.map { name($0.record.planned.citizen) } ?? "")
        }
    }

    private var status: String {
        [kit.id.text, officer?.id.text ?? "", now.map { catalogue.time($0, offset: offset) } ?? ""]
            .filter { !$0.isEmpty }.joined(separator: " · ")
    }

    private var hints: [KeyHintBar.Hint] {
        if prompt != nil { return [] }
        return bindings.filter(\.isShown).map {
            KeyHintBar.Hint($0.cap, catalogue[$0.action], isEnabled: $0.disabledReason == nil)
        }
    }

    private var notice: String {
        if let refusedKey { return catalogue[refusedKey] }
        if place == .enrolment, case .refused(let refusal) = enrolment?.notice { return catalogue[.refusal(refusal)] }
        if place == .delivery, case .refused(let refusal) = delivery?.notice {
            return catalogue[.deliveryRefusal(refusal)]
        }
        return ""
    }

    func name(_ citizen: Citizen) -> String { "\(citizen.surname), \(citizen.givenNames)" }

    // MARK: - Boxes

    private func box(_ prompt: Prompt) -> any Widget {
        switch prompt {
        case .failure(let report): failureBox(report)
        case .help: helpBox
        case .choice(let choice):
            ChoiceBox(
                title: catalogue[choice.title], text: choice.text.map { catalogue[$0] } ?? "",
                list: ChoiceList(
                    choice.options.enumerated().map { index, option in
                        ChoiceList.Row("\(index + 1)  \(catalogue[option.label])")
                    }, selected: choice.selected),
                hint: catalogue[.choiceHint])
        case .text(let question): inputBox(question)
        }
    }

    private func failureBox(_ report: FailureReport) -> MessageBox {
        let words = catalogue.explain(report)
        return MessageBox(
            title: words.title,
            paragraphs: [
                MessageBox.Paragraph(catalogue[.failureHappened], words.happened),
                MessageBox.Paragraph(catalogue[.failureKept], words.kept),
                MessageBox.Paragraph(catalogue[.failureRemedy], words.remedy),
                MessageBox.Paragraph("", catalogue.text(.failureCode, report.code.text)),
            ],
            hint: catalogue[.messageHint])
    }

    private var helpBox: MessageBox {
        let keys = bindings.map { "\($0.cap)  \(catalogue[$0.action])" }.uniqued().joined(separator: "\n")
        return MessageBox(
            title: catalogue[.helpTitle],
            paragraphs: [
                MessageBox.Paragraph("", catalogue[helpText]),
                MessageBox.Paragraph(catalogue[.helpKeys], keys),
            ],
            hint: catalogue[.messageHint], role: .accent)
    }

    private var helpText: UIText {
        switch place {
        case .home: .helpHome
        case .queue: .helpQueue
        case .sync: .helpSync
        case .day: .helpDay
        case .enrolment:
            switch enrolment?.step {
            case .card, nil: .helpCard
            case .person: .helpPerson
            case .photo: .helpPhoto
            case .fingers: .helpFingers
            case .signature: .helpSignature
            case .choices: .helpChoices
            case .review, .sealing: .helpReview
            case .stored, .stopped: .helpEnd
            }
        case .delivery: .helpDelivery
        }
    }

    private func inputBox(_ question: TextPrompt) -> InputBox {
        let (title, text): (UIText, UIText) =
            switch question.subject {
            case .annexNumber: (.annexTitle, .annexText)
            case .attestDate: (.attestTitle, .attestText)
            case .replacedCard: (.replacedNumberTitle, .replacedCardAsk)
            case .replacedAnnex: (.replacedNumberTitle, .annexText)
            }
        return InputBox(
            title: catalogue[title], text: catalogue[text], value: question.value,
            problem: question.problem.map { catalogue[$0] } ?? "", hint: catalogue[.inputHint])
    }

    // MARK: - The blank screen, and one that is too small

    private var lockText: String { catalogue[unlocking == .login ? .lockedLogin : .lockedText] }
}

extension Size {
    /// Smaller, and a warning could be cut off unseen.
    var fitsStation: Bool { columns >= 76 && rows >= 22 }
}

extension CellBuffer {
    /// Nothing of a person, a place or a kit: just how to come back.
    mutating func writeAlone(_ text: String) {
        let text = text.clipped(to: size.columns)
        write(text, x: (size.columns - text.columns) / 2, y: size.rows / 2, style: .muted)
    }
}
