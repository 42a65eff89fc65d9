import EnrolmentCore

/// What the module says of the finger, and its pictures.
extension MorphoProtocol {
    mutating func heard(_ message: MorphoMessage) -> [Effect] {
        switch message {
        case .hint(let hint): return hinted(hint)
        case .preview(let image): return [.show(.preview(image))]
        case .lastImage(let image):
            lastImage = image
            return []
        // One acquisition of one finger has no course, and of quality we judge for ourselves.
        case .progress, .codeQuality, .detectQuality: return []
        }
    }

    /// A hint that repeats itself is shown once.
    private mutating func hinted(_ new: MorphoHint) -> [Effect] {
        switch new {
        case .noFinger, .latent, .removeFinger: break
        case .moveUp, .moveDown, .moveLeft, .moveRight, .pressHarder, .fingerIsGood: wasFingerSeen = true
        }
        guard new != hint else { return [] }
        let old = hint
        hint = new
        // The person has done their part; if the finger is lost after all they have their time again.
        if new == .fingerIsGood { return [.startTimer(limits.answer), .show(.hint(new))] }
        return (old == .fingerIsGood ? [.startTimer(answerLimit)] : []) + [.show(.hint(new))]
    }

    /// Why the time ran out, from what the module said last.
    var reasonForNothing: CaptureRetry {
        switch hint {
        case .removeFinger: .liftFinger
        case .latent: .cleanGlass
        // Beside the middle of the glass too little of the finger touches it.
        case .pressHarder, .moveUp, .moveDown, .moveLeft, .moveRight: .pressHarder
        case .fingerIsGood: .liftedTooEarly
        case .noFinger, nil: wasFingerSeen ? .liftedTooEarly : .noFinger
        }
    }

    mutating func took(
        _ status: MorphoEnrolmentStatus, _ block: Result<MorphoImage, MorphoImage.Problem>?
    ) -> [Effect] {
        let image: MorphoImage?
        switch block {
        case .success(let whole): image = whole
        case .failure(let problem):
            return stop(.failed(.protocolViolation, detail: "picture: \(problem)"))
        case nil: image = lastImage
        }
        switch status.meaning {
        case .success, .poor:
            guard let image else {
                return status.meaning == .poor ? end(with: .pressHarder) : follow(status.meaning)
            }
            return taken(image)
        case .person(let retry):
            // What was refused is shown, so that the officer sees why.
            return (image.map { [.show(.preview($0))] } ?? []) + end(with: retry)
        case .nobody, .aborted, .busy, .machine: return follow(status.meaning)
        }
    }

    private mutating func taken(_ image: MorphoImage) -> [Effect] {
        guard case .picture(.series, _) = purpose else { return stop(.picture(image, howItWasTaken)) }
        underJudgement = image
        step = .judging
        return [.stopTimer, .judge(image)]
    }

    private var howItWasTaken: FingerAttempt.Trigger { isTriggered ? .manual : .automatic }

    mutating func judged(score: Int, isGood: Bool) -> [Effect] {
        guard step == .judging, case .picture(.series(let most), _) = purpose, let image = underJudgement else {
            return []
        }
        pictures += 1
        // The last on a tie.
        if score >= best?.score ?? score { best = (image, score) }
        guard !isGood, !isTriggered, pictures < most else { return stop(.picture(best?.image ?? image, howItWasTaken)) }
        tries = 0
        return giveCommand()
    }

    /// A person's fault ends the session, unless an earlier picture of the series is there to be had.
    mutating func end(with retry: CaptureRetry) -> [Effect] {
        stop(best.map { .picture($0.image, howItWasTaken) } ?? .retry(retry))
    }
}
