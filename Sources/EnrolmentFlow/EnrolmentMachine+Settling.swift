import EnrolmentCore

/// From one finger to the next: what is kept, what is given up, and what the log says of it.
extension EnrolmentMachine {
    /// How many attempts at a finger the log knows.
    func attemptsSoFar(at position: FingerPosition) -> Int {
        record.fingerLog.filter { $0.position == position }.map(\.attempts.count).reduce(0, +)
    }

    /// Ends the finger that is being taken with the best of its prints.
    mutating func settle(_ outcome: FingerTrial.Outcome, _ acceptance: FingerAcceptance? = nil) -> [EnrolmentEffect] {
        guard let task = draft.fingerTasks.popLast(), let sample = task.chosen.flatMap({ task.sample($0.number) })
        else { return refuse(.notNow) }
        draft.record.fingerLog.append(task.trial(outcome, acceptance: acceptance, rules))
        if outcome == .held {
            draft.heldFingers.append(sample)
        } else {
            draft.record.fingers.append(sample)
        }
        return save(then: afterSettling())
    }

    /// Draws the consequences of what is settled, and says where the enrolment goes.
    mutating func afterSettling() -> AfterSaving {
        while case .choose(let position) = nextFinger { promote(position) }
        releaseHeld()
        if let task = draft.fingerTasks.last { return task.chosen == nil ? .stay : .reviewAgain }
        return nextFinger == .enough && !record.fingers.isEmpty ? leaveFingers(.taken) : .stay
    }

    /// No finger of the hand was better than this one.
    private mutating func promote(_ position: FingerPosition) {
        draft.record.fingers += draft.heldFingers.filter { $0.position == position }
        draft.heldFingers.removeAll { $0.position == position }
        amendLog(of: position) { $0.outcome = .bestAvailable }
    }

    /// Prints that were held back give way once their hand has what it needs.
    private mutating func releaseHeld() {
        let taken = Set(record.fingers.map(\.position))
        let open = policy.openHands(taken: taken, exceptions: Set(record.fingerExceptions.keys))
        for position in draft.heldFingers.map(\.position) where !open.contains(position.hand) {
            guard let better = record.fingers.last(where: { $0.position.hand == position.hand }) else { continue }
            dropPrint(of: position, .replaced(by: better.position), because: .lowQuality)
            draft.record.fingerExceptions[position] = .unreadable
        }
    }

    /// Takes the print of a finger away that was settled or held.
    /// - Parameter because: what the log says of the attempt; nil when the finger is to blame, not it.
    mutating func dropPrint(
        of position: FingerPosition, _ outcome: FingerTrial.Outcome, because rejection: FingerRejection?
    ) {
        let isThere = (record.fingers + draft.heldFingers).contains { $0.position == position }
        guard isThere else { return }
        draft.record.fingers.removeAll { $0.position == position }
        draft.heldFingers.removeAll { $0.position == position }
        amendLog(of: position) { trial in
            if let index = trial.attempts.firstIndex(where: { $0.number == trial.kept }) {
                trial.attempts[index].rejection = rejection
            }
            trial.outcome = outcome
            trial.kept = nil
            trial.acceptance = nil
        }
    }

    /// Another finger lay on the glass for this one: it is asked for next, from its first attempt.
    mutating func takeAnew(_ position: FingerPosition, _ objection: FingerObjection) -> [EnrolmentEffect] {
        guard draft.fingerTasks.last?.position != position,
            draft.fingerSamples.contains(where: { $0.position == position })
        else { return refuse(.notNow) }
        dropPrint(of: position, .takenAnew(objection), because: .officer(objection))
        closeTasks(.takenAnew(objection), because: .officer(objection)) { $0.position == position }
        draft.fingerTasks.append(FingerTask(position, after: attemptsSoFar(at: position)))
        return save(then: .stay)
    }

    /// Ends tasks that give no print.
    mutating func closeTasks(
        _ outcome: FingerTrial.Outcome, because rejection: FingerRejection? = nil,
        where isMeant: (FingerTask) -> Bool = { _ in true }
    ) {
        for task in draft.fingerTasks where isMeant(task) && !task.attempts.isEmpty {
            var closed = task
            if let rejection { closed.setAsideAll(rejection) }
            draft.record.fingerLog.append(closed.trial(outcome, rules))
        }
        draft.fingerTasks.removeAll(where: isMeant)
    }

    mutating func leaveFingers(_ outcome: FingerOutcome) -> AfterSaving {
        closeTasks(outcome == .taken ? .abandoned : .impossible)
        draft.record.fingerOutcome = outcome
        return .advance(to: nextMissing)
    }

    /// The whole step is done anew; the log keeps what was done before.
    mutating func forgetFingers() {
        for position in (record.fingers + draft.heldFingers).map(\.position) {
            dropPrint(of: position, .takenAnew(.other), because: .officer(.other))
        }
        closeTasks(.abandoned)
        draft.record.fingerExceptions = [:]
        draft.record.fingerOutcome = nil
    }

    private mutating func amendLog(of position: FingerPosition, _ change: (inout FingerTrial) -> Void) {
        guard let index = record.fingerLog.lastIndex(where: { $0.position == position }) else { return }
        change(&draft.record.fingerLog[index])
    }
}
