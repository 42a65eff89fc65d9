package import EnrolmentCore

/// Which fingers are asked for, and in which order.
///
/// The default is the Belgian rule (Royal Decree of 25 March 2003 as changed on 10 December 2019):
/// both index fingers; where one cannot be taken the middle, ring, little finger or thumb of that
/// hand; none below 12. Where a whole hand gives nothing the second print comes from the other hand,
/// as BSI TR-03121 (PAP ACQ-FP2P-SV-2) does it, because the regulation asks for two prints.
package struct FingerPolicy: Hashable, Sendable {
    package let order: [FingerPosition.Digit]
    package let firstHand: FingerPosition.Hand
    package let printsWanted: Int
    package let attemptsPerFinger: Int
    package let minimumAge: Int

    package init(
        order: [FingerPosition.Digit], firstHand: FingerPosition.Hand, printsWanted: Int, attemptsPerFinger: Int,
        minimumAge: Int
    ) {
        self.order = order
        self.firstHand = firstHand
        self.printsWanted = printsWanted
        self.attemptsPerFinger = attemptsPerFinger
        self.minimumAge = minimumAge
    }

    package static let belgian = FingerPolicy(
        order: [.index, .middle, .ring, .little, .thumb], firstHand: .right, printsWanted: 2, attemptsPerFinger: 3,
        minimumAge: 12)

    /// Whether the card that is applied for holds fingerprints of this person at all.
    package func requiresFingers(for kind: CardKind, born: PartialDate, on day: CalendarDate) -> Bool {
        kind.holdsFingerprints && born.leastAge(on: day) >= minimumAge
    }

    /// The next finger to take, nil when there are enough or none is left to try.
    package func next(taken: Set<FingerPosition>, exceptions: Set<FingerPosition>) -> FingerPosition? {
        guard taken.count < printsWanted else { return nil }
        let hands: [FingerPosition.Hand] = firstHand == .right ? [.right, .left] : [.left, .right]
        let untouched = hands.filter { hand in !taken.contains { $0.hand == hand } }
        for hand in untouched + hands {
            let candidate = order.lazy.map { FingerPosition(hand, $0) }.first {
                !taken.contains($0) && !exceptions.contains($0)
            }
            if let candidate { return candidate }
        }
        return nil
    }
}
