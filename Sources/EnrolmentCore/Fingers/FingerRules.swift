/// Which fingers are taken, how often, and what counts as good: figures that a rule or an administrator
/// gives. The program has none of its own; without them it does not start.
///
/// The names are those of BSI TR-03121-3 (volume GID 6.0) where it has one. See `offline-cache/rules`
/// for the files and `FingerPolicy` for what follows from them.
package struct FingerRules: Hashable, Sendable {
    /// Whose rules they are, for the log.
    package let name: String
    /// The fingers of a hand in the order in which one stands in for another; those it lacks are never
    /// taken.
    package let order: [FingerPosition.Digit]
    package let firstHand: FingerPosition.Hand
    package let printsWanted: Int
    /// How often a finger is tried before its best print has to do.
    package let attempts: Int
    /// How many other fingers of the hand are tried when no attempt at the first was good enough.
    package let furtherFingers: Int
    /// In years; a younger person's card holds no prints.
    package let minimumAge: Int
    /// The least score of a good print, of every digit.
    package let quality: [FingerPosition.Digit: Int]
    /// The least score with which a picture is taken by itself while the finger lies on the glass.
    package let triggerScore: Int
    /// How many pictures are looked at for that before the best of them counts.
    package let mostFrames: Int
    /// The least similarity of two prints of one finger, on the matcher's scale.
    package let sameFinger: Int
    /// A print with a lower score that matches nothing proves nothing.
    package let comparableScore: Int
    /// From where on a picture is what the one before left on the glass, 0 to 1.
    package let residueLimit: Double
    /// An attest counts while it is younger than so many months.
    package let attestYoungerThanMonths: Int
    /// How long a card without prints is valid when they are impossible for now.
    package let temporaryValidityMonths: Int

    /// The least score of a good print of this finger.
    package func quality(of position: FingerPosition) -> Int {
        // Decoding sees to it that every digit has one; 101 would let none pass.
        quality[position.digit] ?? 101
    }
}

/// Rules that cannot be used, with the member that is wrong: `quality.thumb`. Nothing is assumed in its
/// place.
package enum FingerRulesError: Error, Hashable, Sendable, CustomStringConvertible {
    /// It is no JSON object.
    case unreadable
    case absent(String)
    case unknown(String)
    /// It is of another type, or outside its range.
    case wrong(String)

    package var description: String {
        switch self {
        case .unreadable: "finger rules: not a JSON object"
        case .absent(let member): "finger rules: \(member) is absent"
        case .unknown(let member): "finger rules: \(member) is no rule"
        case .wrong(let member): "finger rules: \(member) is out of its range"
        }
    }
}
