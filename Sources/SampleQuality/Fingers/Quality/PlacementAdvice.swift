import EnrolmentCore

/// What a person can do about a finger picture.
///
/// The limits are where people who look at such pictures would say so too; they were set on emulated fingers
/// with one thing wrong each, and on real ones. None of them decides whether a picture is taken.
struct PlacementAdvice {
    /// The most useful first.
    private(set) var hints: [PlacementHint] = []

    /// In pixels: less is the tip or the side of a finger, or one that hardly touches.
    private static let smallArea = 50_000.0
    /// Less than any whole finger leaves that is cut by the edge of the glass.
    private static let tinyArea = 30_000.0
    /// Of a whole finger pressed flat.
    private static let largeArea = 95_000.0
    /// Degrees; laying a finger down with care gives half of it.
    private static let slant = 18.0
    /// Between the darkest and the lightest of a real touch; a print that was left is fainter.
    private static let faintContrast = 50
    /// Of a touch of ordinary pressure that moves, at most; water fills more between the ridges.
    private static let darkestSmear = 0.65

    init(_ view: FingerView) {
        guard let shape = view.shape else {
            hints = [.placeFinger]
            return
        }
        let greys = view.contact.greys
        guard greys.quantile(0.95) - greys.quantile(0.05) >= Self.faintContrast else {
            hints = [.cleanGlass]
            return
        }
        let isSmeared = Self.isSmeared(view, area: shape.area)
        if isSmeared { hints.append(.holdStill) }
        let moves = Self.moves(shape)
        hints += moves
        if shape.area < Self.smallArea {
            if moves.isEmpty || shape.area < Self.tinyArea { hints.append(.pressHarder) }
        } else if !isSmeared, let skin = Self.skin(view, area: shape.area) {
            hints.append(skin)
        }
        if moves.isEmpty, let lean = Self.lean(shape) {
            hints.append(lean > 0 ? .turnCounterclockwise : .turnClockwise)
        }
    }

    /// The share of the finger that is darker than the middle between its darkest and its lightest: half of it
    /// when ridges are as wide as what is between them.
    private static func dark(_ greys: GreyCounts) -> Double {
        greys.share(below: (greys.quantile(0.05) + greys.quantile(0.95)) / 2)
    }

    /// Whether the finger moved: here and there, across the way it went, only the slowest change is left of the
    /// ridges, and the greys of what remains say nothing of the skin.
    ///
    /// Water takes ridges away too, but by darkening what is between them; at the rim of a small contact there
    /// never were whole ones; and what noise leaves has no direction.
    private static func isSmeared(_ view: FingerView, area: Double) -> Bool {
        let frequency = view.features.frequency
        return area >= smallArea && frequency.mean > 0.5 && frequency.deviation > 0.23
            && view.features.coherenceMean > 0.4 && dark(view.contact.greys) < darkestSmear
    }

    /// The glass has more room on the side where the finger should be.
    private static func moves(_ shape: ContactShape) -> [PlacementHint] {
        var moves: [PlacementHint] = []
        let (left, right, top, bottom) = shape.margins
        if right - left > 0.2 { moves.append(.moveRight) }
        if left - right > 0.2 { moves.append(.moveLeft) }
        // Below, a finger goes on beyond the glass; above, only one that lies too far up does.
        if top < 0.02, bottom - top > 0.2 { moves.append(.moveDown) }
        if bottom < 0.02, top - bottom > 0.27 { moves.append(.moveUp) }
        return moves
    }

    /// What is wrong with how the skin touches, when a whole finger does.
    private static func skin(_ view: FingerView, area: Double) -> PlacementHint? {
        let greys = view.contact.greys
        // On a scale on which the empty glass is white.
        let gain = 250 / Double(max(100, view.glass))
        let valleys = Double(greys.quantile(0.9)) * gain
        let dark = dark(greys)
        // Pressing widens ridges and leaves what is between them light; water darkens that too.
        let expected = 213 - 330 * (dark - 0.58)
        if valleys < min(200, expected), dark < 0.78 || area < largeArea { return .dryFinger }
        if dark > 0.66 { return .pressSofter }
        if greys.mean * gain > 172, view.features.coherenceMean < 0.56 { return .moistenFinger }
        return nil
    }

    /// How far a finger leans that does not lie straight; only a contact that is as long and wide as a finger's
    /// has an axis.
    static func lean(_ shape: ContactShape) -> Double? {
        guard (1.25...1.7).contains(shape.elongation), shape.area >= smallArea, abs(shape.lean) > slant,
            abs(shape.lean) < 75
        else { return nil }
        return shape.lean
    }
}
