import EnrolmentCore
import EnrolmentFlow
import TerminalKit

/// The finger step: what to do now, how good it is, and what speaks against it.
extension StationModel {
    func fingerWords(_ machine: EnrolmentMachine) -> (heading: String, text: String) {
        let name = machine.expectedFinger.map { catalogue[.finger($0)] } ?? ""
        let attempt = catalogue.text(.fingerAttempt, "\(machine.attempt)", "\(machine.rules.attempts)")
        switch machine.activity {
        case .working: return (workingFinger(name), attempt)
        case .reviewing: return machine.fingerReview.map { reviewWords($0, name) } ?? ("", "")
        case .idle, .saving, .unsaved:
            if name.isEmpty { return (catalogue[.fingersNone], catalogue[.fingersNoneText]) }
            let text = machine.isBeforeFirstFinger ? catalogue[.fingerFirstText] : catalogue[.fingerText]
            return (catalogue.text(.fingerHeading, name), text + "\n" + attempt)
        }
    }

    private func workingFinger(_ name: String) -> String {
        switch capture.phase {
        case .reading: catalogue[.fingerReading]
        case .liftFinger: catalogue[.fingerLift]
        default: catalogue.text(.fingerPlace, name)
        }
    }

    private func reviewWords(_ review: FingerReview, _ name: String) -> (String, String) {
        let attempt = catalogue.text(.fingerAttempt, "\(review.attempt)", "\(review.attempts)")
        let (heading, text): (UIText, UIText) =
            switch review.verdict {
            // A print that looks wrong is not called good, whatever its score.
            case _ where !review.warnings.isEmpty: (.fingerDoubt, .fingerDoubtText)
            case .good: (.fingerGood, .fingerGoodText)
            case .again: (.fingerAgain, .fingerAgainText)
            case .best: (.fingerBest, .fingerBestText)
            }
        return (catalogue.text(heading, name).capitalisedFirst, catalogue[text] + "\n" + attempt)
    }

    // MARK: - Below the words

    func fingerFacts(_ machine: EnrolmentMachine) -> [any Widget] {
        var parts: [any Widget] = []
        switch machine.activity {
        case .working: parts = liveFacts(machine)
        case .reviewing: parts = machine.fingerReview.map { reviewFacts($0) } ?? []
        case .idle, .saving, .unsaved: break
        }
        let settled = settledFingers(machine)
        return settled.isEmpty ? parts : parts + [Facts(settled)]
    }

    private func liveFacts(_ machine: EnrolmentMachine) -> [any Widget] {
        guard let finger = machine.expectedFinger, capture.phase != .liftFinger else { return [] }
        var parts: [any Widget] = []
        if let hint = capture.finger?.hints.first ?? capture.hint {
            parts.append(TextBlock("→ \(catalogue[.hint(hint)])", style: Style(.accent, .bold)))
        }
        if let preview = capture.finger {
            parts.append(
                Gauge(
                    label: catalogue[.fingerScore], value: preview.score, mark: machine.rules.quality(of: finger)))
        }
        return parts
    }

    private func reviewFacts(_ review: FingerReview) -> [any Widget] {
        let warnings = review.warnings.map { TextBlock("! \(words(for: $0, review))", style: Style(.danger, .bold)) }
        let hints =
            review.verdict == .good
            ? [] : review.quality.hints.prefix(2).map { TextBlock("→ \(catalogue[.hint($0)])", style: Style(.accent)) }
        let gauge = Gauge(
            label: catalogue.text(.fingerScoreWanted, "\(review.threshold)"), value: review.quality.score,
            mark: review.threshold)
        let lines: [any Widget] = warnings + hints
        return (lines.isEmpty ? [] : [Stack(lines)]) + [gauge] + weakest(review)
    }

    /// Which part of the quality is the worst, for an officer who wonders why.
    private func weakest(_ review: FingerReview) -> [any Widget] {
        guard review.verdict != .good else { return [] }
        // In a fixed order, so that equal parts do not change places.
        let parts = FingerQuality.Part.allCases.compactMap { part in review.quality.parts[part].map { (part, $0) } }
        guard let worst = parts.min(by: { $0.1 < $1.1 }), worst.1 < 0.5 else { return [] }
        return [TextBlock(catalogue.text(.fingerWeakest, catalogue[.qualityPart(worst.0)]), style: .muted)]
    }

    private func words(for warning: FingerWarning, _ review: FingerReview) -> String {
        switch warning {
        case .likeOther(let other, _):
            catalogue.text(
                .warningLikeOther, catalogue[.finger(review.position)], catalogue[.finger(other.position)]
            ).capitalisedFirst
        case .unlikeEarlier:
            catalogue.text(.warningUnlikeEarlier, catalogue[.finger(review.position)]).capitalisedFirst
        }
    }

    private func settledFingers(_ machine: EnrolmentMachine) -> [Facts.Fact] {
        let kept = machine.record.fingers.map { fact($0, isHeld: false) }
        let held = machine.draft.heldFingers.map { fact($0, isHeld: true) }
        let marked = FingerPosition.allCases.compactMap { position in
            machine.record.fingerExceptions[position].map { exception in
                Facts.Fact(
                    catalogue[.finger(position)].capitalisedFirst, catalogue[.fingerException(exception)],
                    style: .muted)
            }
        }
        return kept + held + marked
    }

    private func fact(_ sample: FingerSample, isHeld: Bool) -> Facts.Fact {
        let quality = sample.quality.map { catalogue.text(.fingerQuality, "\($0)") } ?? catalogue[.fingerKept]
        return Facts.Fact(
            catalogue[.finger(sample.position)].capitalisedFirst,
            isHeld ? catalogue.text(.fingerHeld, quality) : quality, style: Style(isHeld ? .warning : .good))
    }

    // MARK: - At the right

    /// What lies on the glass, what was taken, or which finger is meant.
    func fingerPanel(_ machine: EnrolmentMachine) -> any Widget {
        if let review = machine.fingerReview { return reviewPanel(review) }
        if machine.activity == .working, let preview = capture.finger, let finger = machine.expectedFinger {
            return Panel(catalogue[.finger(finger)].capitalisedFirst, fingerView(preview.image, finger))
        }
        return hands(machine)
    }

    /// Two prints that should differ, or should not, stand beside each other.
    private func reviewPanel(_ review: FingerReview) -> any Widget {
        let shown = Panel(
            catalogue[review.warnings.isEmpty ? .finger(review.position) : .fingerShort(review.position)]
                .capitalisedFirst, fingerView(review.shown.image, review.position))
        guard let other = review.warnings.first?.sample else { return shown }
        let name = catalogue[.fingerShort(other.position)]
        let heading =
            other.position == review.position ? catalogue.text(.fingerEarlier, name, "\(other.attempt)") : name
        return Columns(
            [(.share(1), shown), (.share(1), Panel(heading, fingerView(other.image, other.position)))], gap: 0)
    }

    /// Which finger is meant, since "the left ring finger" takes a moment to find.
    private func hands(_ machine: EnrolmentMachine) -> any Widget {
        let expected = machine.expectedFinger
        let view = HandsView(
            names: [.left: catalogue[.handLeft], .right: catalogue[.handRight]], expected: expected,
            taken: Set((machine.record.fingers + machine.draft.heldFingers).map(\.position)),
            excepted: Set(machine.record.fingerExceptions.keys), symbols: pictures.symbols)
        return Panel(expected.map { catalogue[.finger($0)].capitalisedFirst } ?? catalogue[.pictureFinger], view)
    }

    func fingerView(_ image: GrayImage, _ position: FingerPosition) -> any Widget {
        guard let picture = Picture(width: image.width, height: image.height, format: .gray, bytes: image.pixels)
        else { return Spacer() }
        let words = catalogue.text(
            .pictureWords, catalogue[.finger(position)].capitalisedFirst, "\(image.width)", "\(image.height)")
        return PictureView(picture, style: pictures, words: words)
    }
}

extension FingerWarning {
    /// The print to hold beside the one that is warned about.
    fileprivate var sample: FingerSample {
        switch self {
        case .likeOther(let sample, _), .unlikeEarlier(let sample, _): sample
        }
    }
}
