import EnrolmentCore

/// What a person can do about a finger picture.
enum PlacementAdvice {
    static func hints(for view: FingerView) -> [PlacementHint] {
        guard let shape = view.shape else { return [.placeFinger] }
        var hints: [PlacementHint] = []
        if let turn = turn(shape) { hints.append(turn) }
        return hints
    }

    private static func turn(_ shape: ContactShape) -> PlacementHint? {
        guard shape.elongation > 1.15, abs(shape.lean) > 15 else { return nil }
        return shape.lean > 0 ? .turnCounterclockwise : .turnClockwise
    }
}
