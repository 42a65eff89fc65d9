import EnrolmentCore

/// A command from the cancel before it to its answer.
extension MorphoProtocol {
    /// Begins with a cancel: it ends what runs, and does nothing when nothing does.
    mutating func giveCommand() -> [Effect] {
        leftOvers = 0
        openCancels += 1
        return [write(.cancel, then: .cancelling)]
    }

    /// What still comes of an earlier command is let pass, until nothing has come for a while.
    mutating func letPass() -> [Effect] {
        leftOvers += 1
        guard leftOvers <= Self.mostLeftOvers else {
            return stop(.failed(.protocolViolation, detail: "does not fall silent"))
        }
        while let piece = frames.next() { noteAbortion(piece) }
        return [read()] + (step == .fallingSilent ? [.startTimer(limits.quiet)] : [])
    }

    private mutating func noteAbortion(_ piece: MorphoFrameReader.Piece) {
        guard case .frame(let content) = piece, case .refusal(_, .aborted)? = try? MorphoAnswer(content) else { return }
        openCancels = max(0, openCancels - 1)
    }

    /// Gives the command that the session is for.
    mutating func command() -> [Effect] {
        frames.clear()
        hint = nil
        wasFingerSeen = false
        lastImage = nil
        tries += 1
        switch purpose {
        case .description: return [write(.describe, then: .commanding)]
        case .picture(_, let limit): return [write(.takePicture(within: fingerLimit(limit)), then: .commanding)]
        }
    }

    private func fingerLimit(_ first: Duration) -> Duration {
        best == nil ? first : min(first, limits.nextFinger)
    }

    /// Once the module is told to look out for a finger.
    func wordsWhenAwaited() -> [Effect] {
        if case .picture = purpose { [.show(.placeFinger)] } else { [] }
    }

    /// Longer than the module's own limit, so that it can say itself that nobody came.
    var answerLimit: Duration {
        switch purpose {
        case .description: limits.answer
        case .picture(_, let limit): fingerLimit(limit) + limits.answer
        }
    }

    /// Gives the command again after a cancel, a bounded number of times; then it ends with `outcome`.
    mutating func tryAgain(_ outcome: Outcome) -> [Effect] {
        // A cancel that could not be written counts as well.
        if step == .cancelling { tries += 1 }
        guard tries < Self.mostTries else { return stop(outcome) }
        return [.stopTimer] + giveCommand()
    }

    /// Looks at whatever whole frames have come, up to the answer.
    mutating func understand() -> [Effect] {
        var effects: [Effect] = []
        while step == .awaitingAnswer, let piece = frames.next() {
            // Damage means nothing by itself: if it was the answer, the timer runs out.
            guard case .frame(let content) = piece else { continue }
            do throws(MorphoAnswer.Problem) {
                effects += answered(try MorphoAnswer(content))
            } catch {
                effects += stop(.failed(.protocolViolation, detail: error.technicalText))
            }
        }
        return effects
    }

    private mutating func answered(_ answer: MorphoAnswer) -> [Effect] {
        switch answer {
        case .messages(let messages): return messages.flatMap { heard($0) }
        case .description(let description):
            return purpose == .description ? stop(.description(description)) : []
        case .picture(let status, let image):
            guard case .picture = purpose else { return [] }
            return took(status, image)
        case .refusal(let identifier, let status):
            guard identifier == awaitedIdentifier else { return [] }
            return refused(status)
        case .invalidRequest: return tryAgain(.failed(.protocolViolation, detail: "request refused as invalid"))
        case .unrelated: return []
        }
    }

    private var awaitedIdentifier: UInt8 {
        purpose == .description ? MorphoCommand.describeIdentifier : MorphoCommand.takePictureIdentifier
    }

    private mutating func refused(_ status: MorphoStatus) -> [Effect] {
        guard status.meaning == .aborted else { return follow(status.meaning) }
        // An earlier command's answer, come after this one was given.
        guard openCancels == 0 else {
            openCancels -= 1
            return []
        }
        return stop(.failed(.protocolViolation, detail: "aborted without a cancel"))
    }

    mutating func follow(_ meaning: MorphoMeaning) -> [Effect] {
        switch meaning {
        case .success, .poor, .aborted: return stop(.failed(.protocolViolation, detail: "no picture"))
        case .person(let retry): return end(with: retry)
        case .nobody: return end(with: reasonForNothing)
        case .busy: return tryAgain(.failed(.busy, detail: "another command is in progress"))
        case .machine(let detail): return stop(.failed(.protocolViolation, detail: detail))
        }
    }

    /// The answer, or its end, may be lost while a whole frame lies behind what is damaged. Whoever waits for
    /// a finger has had their time; otherwise the command is given again.
    mutating func answerDidNotCome() -> [Effect] {
        frames.giveUp()
        let effects = understand()
        guard step == .awaitingAnswer else { return effects }
        let outcome = Outcome.failed(.timedOut, detail: "no answer")
        return effects + (purpose == .description || hint == .fingerIsGood ? tryAgain(outcome) : stop(outcome))
    }
}

extension MorphoAnswer.Problem {
    var technicalText: String {
        switch self {
        case .notAnElement(let error): "answer: \(error)"
        case .empty: "empty answer"
        case .unknownStatus(let status): "unknown status \(status)"
        }
    }
}
