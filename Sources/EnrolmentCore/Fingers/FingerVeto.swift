/// Why an officer keeps a print that the rules call bad: below the quality, or like another finger's
/// (BSI TR-03121 UI-FP-OP).
package enum FingerAcceptance: String, CaseIterable, Sendable, Codable {
    /// A disability or a condition that anyone can see: better cannot be had.
    case obviousCondition
    case noObviousReason
}

/// Why an officer does not keep a print, good as its score may be.
package enum FingerObjection: String, CaseIterable, Sendable, Codable {
    /// Another finger lay on the glass than the one that was asked for.
    case wrongFinger
    case smeared
    case other
}

/// Why an attempt was not the one that was kept.
package enum FingerRejection: Hashable, Sendable, Codable {
    /// Its score is below the rule's.
    case lowQuality
    /// It is like another finger's print.
    case likeOtherFinger
    /// It was good enough, and another attempt was chosen.
    case notTheBest
    /// An officer's veto.
    case officer(FingerObjection)
}
