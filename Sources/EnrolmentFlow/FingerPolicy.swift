package import EnrolmentCore

/// What the rules mean for a whole person: whether fingers are taken, and which comes next.
///
/// BSI TR-03121 PAP ACQ-FP2P-SV-2: one finger of each hand; where one cannot be taken, or is not good
/// enough, the next of that hand; where a whole hand gives nothing, a second finger of the other one,
/// because the regulation asks for two prints.
package struct FingerPolicy: Hashable, Sendable {
    package let rules: FingerRules

    package init(_ rules: FingerRules) { self.rules = rules }

    /// A print that was taken and not good enough, while another finger of the hand may be better.
    package struct Candidate: Hashable, Sendable {
        package let position: FingerPosition
        package let score: Int

        package init(position: FingerPosition, score: Int) {
            self.position = position
            self.score = score
        }
    }

    package enum Next: Hashable, Sendable {
        case take(FingerPosition)
        /// No finger of this hand was better: this candidate counts.
        case choose(FingerPosition)
        /// As many prints as there can be.
        case enough
    }

    /// Whether the card that is applied for holds fingerprints of this person at all.
    package func requiresFingers(for kind: CardKind, born: PartialDate, on day: CalendarDate) -> Bool {
        kind.holdsFingerprints && born.leastAge(on: day) >= rules.minimumAge
    }

    /// What comes after some fingers are settled. `enough` with nothing taken means that none can be.
    package func next(
        taken: Set<FingerPosition>, candidates: [Candidate] = [], exceptions: Set<FingerPosition>
    ) -> Next {
        for (fingers, wanted) in wants(taken: taken, exceptions: exceptions) where wanted > 0 {
            let waiting = candidates.filter { fingers.contains($0.position) && !taken.contains($0.position) }
            let untried = fingers.first { finger in
                !taken.contains(finger) && !waiting.contains { $0.position == finger }
            }
            if let untried, waiting.count < wanted + rules.furtherFingers { return .take(untried) }
            if let best = best(of: waiting) { return .choose(best) }
        }
        return .enough
    }

    /// The hands that have not given as many prints as they should.
    func openHands(taken: Set<FingerPosition>, exceptions: Set<FingerPosition>) -> Set<FingerPosition.Hand> {
        Set(wants(taken: taken, exceptions: exceptions).filter { $0.wanted > 0 }.compactMap { $0.fingers.first?.hand })
    }

    /// The usable fingers of each hand in order, and how many prints that hand still has to give.
    private func wants(
        taken: Set<FingerPosition>, exceptions: Set<FingerPosition>
    ) -> [(fingers: [FingerPosition], wanted: Int)] {
        let missing = rules.printsWanted - taken.count
        let usable = hands.map { hand in
            rules.order.map { FingerPosition(hand, $0) }.filter { !exceptions.contains($0) }
        }
        return zip(usable, shares(of: usable.map(\.count))).map { fingers, share in
            (fingers, min(missing, share - fingers.count { taken.contains($0) }))
        }
    }

    /// The highest score; of equal ones the finger that the rules name first.
    func best(of candidates: [Candidate]) -> FingerPosition? {
        rules.order.lazy.compactMap { digit in candidates.first { $0.position.digit == digit } }
            .reduce(nil as Candidate?) { best, next in (best?.score ?? -1) >= next.score ? best : next }?.position
    }

    private var hands: [FingerPosition.Hand] { rules.firstHand == .right ? [.right, .left] : [.left, .right] }

    /// How many prints each hand gives: one by turns, as long as it has fingers.
    private func shares(of counts: [Int]) -> [Int] {
        var shares = counts.map { _ in 0 }
        for _ in 0..<rules.printsWanted {
            let open = counts.indices.filter { shares[$0] < counts[$0] }
            guard let hand = open.min(by: { shares[$0] < shares[$1] }) else { break }
            shares[hand] += 1
        }
        return shares
    }
}
