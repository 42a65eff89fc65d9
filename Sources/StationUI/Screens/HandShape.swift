import EnrolmentCore

/// The outline of both hands from the back, as the person sees their own: how far a place is from a
/// finger or a palm, negative within. The field is 200 wide and 100 high; the right hand mirrors the left.
enum HandShape {
    static let field = (width: 200.0, height: 100.0)

    /// From the finger's axis, a capsule from knuckle to tip.
    static func distance(_ x: Double, _ y: Double, to position: FingerPosition) -> Double {
        let finger = position.digit.capsule
        let x = position.hand == .left ? x : field.width - x
        let (dx, dy) = (finger.tip.x - finger.root.x, finger.tip.y - finger.root.y)
        let along = ((x - finger.root.x) * dx + (y - finger.root.y) * dy) / (dx * dx + dy * dy)
        let part = min(1, max(0, along))
        return distance(x - finger.root.x - part * dx, y - finger.root.y - part * dy) - finger.radius
    }

    /// From a whole hand.
    static func distance(_ x: Double, _ y: Double, to hand: FingerPosition.Hand) -> Double {
        let palm = distanceToPalm(hand == .left ? x : field.width - x, y)
        return FingerPosition.Digit.allCases.map { distance(x, y, to: FingerPosition(hand, $0)) }.reduce(palm, min)
    }

    /// The nail's end of a finger, where a mark can stand.
    static func tip(of position: FingerPosition) -> (x: Double, y: Double) {
        let tip = position.digit.capsule.tip
        return (position.hand == .left ? tip.x : field.width - tip.x, tip.y)
    }

    /// A box with round corners, from the knuckles to the wrist.
    private static func distanceToPalm(_ x: Double, _ y: Double) -> Double {
        let (dx, dy) = (abs(x - 43) - 15, abs(y - 73) - 11)
        return distance(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - 9
    }

    private static func distance(_ dx: Double, _ dy: Double) -> Double { (dx * dx + dy * dy).squareRoot() }
}

extension FingerPosition.Digit {
    /// Of the left hand.
    fileprivate var capsule: (root: (x: Double, y: Double), tip: (x: Double, y: Double), radius: Double) {
        switch self {
        case .little: ((25, 60), (13, 33), 5.2)
        case .ring: ((36, 55), (31, 17), 5.8)
        case .middle: ((49, 54), (49, 9), 6)
        case .index: ((61, 57), (68, 17), 5.8)
        case .thumb: ((62, 80), (88, 53), 6.4)
        }
    }
}
