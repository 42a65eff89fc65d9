package import EnrolmentCore

/// The fingers, as a screen or a session sees them.
extension EnrolmentMachine {
    package var policy: FingerPolicy { FingerPolicy(rules) }

    package var requiresFingers: Bool {
        policy.requiresFingers(for: record.planned.applyingFor, born: record.planned.citizen.birthDate, on: today)
    }

    /// The finger that is asked for now, nil when none is left or the step is another.
    package var expectedFinger: FingerPosition? {
        guard step == .fingers else { return nil }
        if let task = draft.fingerTasks.last { return task.position }
        if case .take(let position) = nextFinger { return position }
        return nil
    }

    /// The attempt at the expected finger that runs, comes next, or was the last one; from 1, of
    /// `rules.attempts`.
    package var attempt: Int {
        guard let task = draft.fingerTasks.last else { return 1 }
        return activity == .reviewing ? max(1, task.attemptInSeries) : task.nextInSeries(rules)
    }

    /// Whether no finger was tried yet: the time to ask which are missing.
    package var isBeforeFirstFinger: Bool {
        step == .fingers && draft.fingerSamples.isEmpty && draft.fingerTasks.isEmpty && record.fingerLog.isEmpty
    }

    /// What the officer decides about now, nil when no print is shown.
    package var fingerReview: FingerReview? {
        guard step == .fingers, activity == .reviewing, let task = draft.fingerTasks.last else { return nil }
        return FingerReview(task, beside: otherSamples, rules)
    }

    /// The prints that a new one of the expected finger is compared with: of every other finger that there
    /// is, and of the earlier attempts at this one.
    package var fingerReferences: [FingerSample] { draft.fingerSamples }

    /// Those of other fingers than the one that is being taken.
    var otherSamples: [FingerSample] {
        record.fingers + draft.heldFingers + draft.fingerTasks.dropLast().flatMap(\.samples)
    }

    var nextFinger: FingerPolicy.Next {
        policy.next(
            taken: Set(record.fingers.map(\.position)),
            candidates: draft.heldFingers.map { .init(position: $0.position, score: $0.quality ?? 0) },
            exceptions: Set(record.fingerExceptions.keys))
    }
}

/// The finger step: what each event does.
extension EnrolmentMachine {
    mutating func atFingers(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        switch event {
        case .begin: return startFinger()
        case .markFinger(let position, let exception): return markFinger(position, exception)
        case .unmarkFinger(let position):
            guard draft.record.fingerExceptions.removeValue(forKey: position) != nil else { return refuse(.notNow) }
            return save(then: .stay)
        case .retakeFinger(let position, let objection): return takeAnew(position, objection)
        case .declareFingersImpossible(let impossibility): return declare(impossibility)
        default: return refuse(.notNow)
        }
    }

    mutating func startFinger() -> [EnrolmentEffect] {
        guard let position = expectedFinger else {
            return record.fingers.isEmpty ? refuse(.notNow) : save(then: afterSettling())
        }
        let number = draft.fingerTasks.last?.nextNumber ?? attemptsSoFar(at: position) + 1
        return start(.takeFinger(position, attempt: number))
    }

    mutating func fingerTaken(_ attempt: FingerAttempt) -> [EnrolmentEffect] {
        let position = attempt.sample.position
        guard position == expectedFinger else { return [] }
        var task = draft.fingerTasks.popLast() ?? FingerTask(position, after: attemptsSoFar(at: position))
        guard attempt.sample.attempt == task.nextNumber else {
            draft.fingerTasks.append(task)
            return []
        }
        let wasLikeOther = task.latest.map { task.isLikeOther($0, beside: draft.fingerSamples, rules) } ?? false
        task.add(attempt, settingAsideLast: wasLikeOther, rules)
        draft.fingerTasks.append(task)
        return save(then: .review)
    }

    /// A print is shown, and something has to be decided about it.
    mutating func reviewingFinger(_ event: EnrolmentEvent) -> [EnrolmentEffect] {
        guard let review = fingerReview else { return atFingers(event) }
        switch event {
        case .keep:
            guard review.choices.contains(.keep) else {
                return refuse(review.warnings.contains { $0.otherPosition != nil } ? .likeOtherFinger : .qualityTooLow)
            }
            return settle(review.verdict == .good ? .sufficient : .held)
        case .retake:
            guard review.choices.contains(.retake) else { return refuse(.reasonNeeded) }
            return startFinger()
        case .acceptFinger(let reason):
            guard review.choices.contains(.accept), review.best != nil else { return refuse(.notNow) }
            return settle(.accepted, reason)
        case .rejectFinger(let objection):
            draft.fingerTasks[draft.fingerTasks.count - 1].setAside(review.shown.attempt, .officer(objection))
            return save(then: .takeFinger)
        case .retakeFinger(let position, let objection): return takeAnew(position, objection)
        case .markFinger(let position, let exception): return markFinger(position, exception)
        default: return refuse(.notNow)
        }
    }

    private mutating func markFinger(_ position: FingerPosition, _ exception: FingerException) -> [EnrolmentEffect] {
        closeTasks(.excepted(exception)) { $0.position == position }
        dropPrint(of: position, .excepted(exception), because: nil)
        draft.record.fingerExceptions[position] = exception
        return save(then: afterSettling())
    }

    private mutating func declare(_ impossibility: FingerImpossibility) -> [EnrolmentEffect] {
        guard record.fingers.isEmpty, draft.heldFingers.isEmpty else { return refuse(.fingersTaken) }
        switch impossibility {
        case .permanent:
            guard !record.fingerExceptions.values.contains(where: \.isTemporary) else {
                return refuse(.fingersOnlyTemporary)
            }
            return save(then: leaveFingers(.permanentlyImpossible))
        case .temporary(let attest):
            if let attest, !attest.isYounger(thanMonths: rules.attestYoungerThanMonths, on: today) {
                return refuse(.attestTooOld)
            }
            return save(
                then: leaveFingers(
                    .temporarilyImpossible(attest, cardValidMonths: rules.temporaryValidityMonths)))
        }
    }
}
