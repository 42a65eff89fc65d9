package import EnrolmentCore

/// The log of one finger, in a member that OSIA leaves to us; fingers are named as OSIA names them.
///
/// It tells what BSI TR-03121 LOG-FP-GENERIC asks for: every attempt with its quality and why it was not
/// kept, the uniqueness check, and the officer's veto. No pictures.
package struct OSIAFingerTrial: Hashable, Sendable, Codable {
    package enum Outcome: String, CaseIterable, Sendable, Codable {
        case sufficient, accepted, bestAvailable, replaced, takenAnew, excepted, impossible, abandoned
    }

    package struct Attempt: Hashable, Sendable, Codable {
        package enum Rejection: String, CaseIterable, Sendable, Codable {
            case lowQuality, likeOtherFinger, notTheBest, officer
        }

        package var attempt: Int
        package var quality: Int
        package var qualityParts: [FingerQuality.Part: Double]
        package var trigger: FingerAttempt.Trigger
        /// RFC 3339.
        package var captureDate: String
        package var comparisons: [Comparison]
        package var rejection: Rejection?
        /// When the officer rejected it.
        package var objection: FingerObjection?
    }

    package struct Comparison: Hashable, Sendable, Codable {
        package var biometricSubType: String
        package var attempt: Int
        package var similarity: Int
    }

    package var biometricSubType: String
    /// The least score of a good print.
    package var threshold: Int
    /// From which similarity on two prints count as one finger's.
    package var sameFinger: Int
    package var attempts: [Attempt]
    package var outcome: Outcome
    /// The attempt whose picture is in the packet.
    package var kept: Int?
    /// Why the officer kept it against the rules.
    package var acceptance: FingerAcceptance?
    /// The finger that was taken in its place.
    package var replacedBy: String?
    /// Why the officer asked for it anew.
    package var objection: FingerObjection?
    package var exception: FingerException?
}

extension OSIAFingerTrial {
    init(_ trial: FingerTrial) {
        self.init(
            biometricSubType: trial.position.osiaName, threshold: trial.threshold,
            sameFinger: trial.sameFinger, attempts: trial.attempts.map { Attempt($0) }, outcome: .sufficient,
            kept: trial.kept,
            acceptance: trial.acceptance)
        switch trial.outcome {
        case .sufficient: outcome = .sufficient
        case .accepted: outcome = .accepted
        // A record is only complete when nothing is held any more.
        case .bestAvailable, .held: outcome = .bestAvailable
        case .replaced(let better): (outcome, replacedBy) = (.replaced, better.osiaName)
        case .takenAnew(let why): (outcome, objection) = (.takenAnew, why)
        case .excepted(let why): (outcome, exception) = (.excepted, why)
        case .impossible: outcome = .impossible
        case .abandoned: outcome = .abandoned
        }
    }
}

extension OSIAFingerTrial.Attempt {
    init(_ attempt: FingerTrial.Attempt) {
        self.init(
            attempt: attempt.number, quality: attempt.quality.score, qualityParts: attempt.quality.parts,
            trigger: attempt.trigger, captureDate: attempt.capturedAt.rfc3339,
            comparisons: attempt.comparisons.map {
                .init(
                    biometricSubType: $0.position.osiaName, attempt: $0.attempt, similarity: $0.similarity)
            })
        switch attempt.rejection {
        case .lowQuality: rejection = .lowQuality
        case .likeOtherFinger: rejection = .likeOtherFinger
        case .notTheBest: rejection = .notTheBest
        case .officer(let why): (rejection, objection) = (.officer, why)
        case nil: break
        }
    }
}
