package import EnrolmentCore

/// How a person puts a finger on the glass, by name: the scripts of a day at the bedside.
package enum FingerManner: String, Hashable, Sendable, CaseIterable {
    case right
    /// Hardly touches at first, and presses harder from picture to picture.
    case tooLight
    /// Slides while the first picture is taken, then lies still somewhere else.
    case moved
    /// Gone before the first picture.
    case liftedEarly
    case neverLifted
    case wet, dry
    /// Turned by 30°.
    case rotated
    /// The same finger of the other hand.
    case wrongFinger
    /// No finger, but the print that an earlier one left.
    case ghost
}

extension FingerPresentation {
    /// A finger of a synthetic person, laid down in some manner.
    ///
    /// - Parameter seed: another touch of the same finger in the same manner for each.
    package init(
        person: UInt64, position: FingerPosition, _ manner: FingerManner = .right, seed: UInt64 = 0,
        after hesitation: Duration = .milliseconds(700), lifting: Lifting = .after(.milliseconds(500))
    ) {
        let touch = FingerTouch(seed: seed)
        let owner =
            manner == .wrongFinger ? FingerPosition(position.hand == .right ? .left : .right, position.digit) : position
        let lifting: Lifting =
            switch manner {
            case .liftedEarly: .early
            case .neverLifted: .never
            default: lifting
            }
        let presentation = FingerPresentation(
            SyntheticFinger(person: person, position: owner), touches: manner.touches(from: touch),
            after: hesitation, lifting: lifting)
        self =
            manner == .ghost ? .ghost(of: presentation, after: hesitation, lifting: lifting) : presentation
    }
}

extension FingerManner {
    private func changed(_ touch: FingerTouch, _ change: (inout FingerTouch) -> Void) -> FingerTouch {
        var touch = touch
        change(&touch)
        return touch
    }

    /// One touch for each picture.
    fileprivate func touches(from touch: FingerTouch) -> [FingerTouch] {
        switch self {
        case .right, .liftedEarly, .neverLifted, .wrongFinger, .ghost: [touch]
        case .tooLight: [0.3, 0.45, 0.65, 0.9, 1].map { pressure in changed(touch) { $0.pressure = pressure } }
        case .moved:
            [
                changed(touch) { $0.slide = 0.9 },
                changed(touch) {
                    $0.shift = FingerTouch.Shift(right: 2, down: -1.5)
                    $0.rotation = 6
                },
            ]
        case .wet: [changed(touch) { $0.moisture = 0.9 }]
        case .dry: [changed(touch) { $0.moisture = -0.9 }]
        case .rotated: [changed(touch) { $0.rotation = 30 }]
        }
    }
}
