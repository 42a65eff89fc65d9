import EnrolmentCore

/// Pictures of a finger that stays on the glass, until one is good enough or wanted all the same.
extension UareUProtocol {
    var howItWasTaken: FingerAttempt.Trigger { isTriggered ? .manual : .automatic }

    mutating func frameJudged(_ judgement: Judgement) -> [Effect] {
        guard step == .judging, case .series(let most) = trigger else { return [] }
        guard !judgement.isEmpty else {
            // Wanted before a finger was seen, and there is none indeed.
            return isForced && !isFingerOn ? askForFingerAgain() : endSeries()
        }
        frames += 1
        // The last on a tie.
        if judgement.score >= best?.score ?? judgement.score { best = (underJudgement, judgement.score) }
        guard !judgement.isGood, !isTriggered, !isFingerOff, frames < most else { return endSeries() }
        pictureTries = 0
        return takePicture()
    }

    /// Someone wants the picture: the one that is on its way is the last then. Before the scanner saw a
    /// finger it is told to take one all the same: a very dry finger may not be noticed.
    mutating func triggered() -> [Effect] {
        switch step {
        case .askingForFinger:
            (isTriggered, isForced) = (true, true)
            return []
        case .awaitingFinger:
            (isTriggered, isForced) = (true, true)
            return takePicture()
        case .askingForPicture, .awaitingPicture, .sendingSeed, .readingKey, .judging:
            isTriggered = true
            return []
        default: return []
        }
    }

    /// The wish for a picture of nothing is forgotten.
    mutating func askForFingerAgain() -> [Effect] {
        isTriggered = false
        return askForFinger()
    }

    mutating func endSeries() -> [Effect] {
        letGo(with: best.map { .picture($0.picture, howItWasTaken) } ?? .retry(.liftedTooEarly))
    }
}
