package import EnrolmentCore

/// What one person does with one finger at the scanner, from the moment that it asks for a finger.
package struct FingerPresentation: Sendable {
    /// When the finger comes and goes.
    package enum Lifting: Hashable, Sendable {
        /// This long after the scanner asks for it.
        case after(Duration)
        /// Before the picture is taken, so that the picture is empty.
        case early
        /// Not before the scanner is switched off.
        case never
    }

    /// What lies on the glass, picture after picture; the last stays. Nothing is drawn before it is asked for.
    private enum Scene: Sendable {
        case pictures([GrayImage?])
        case touches(SyntheticFinger, [FingerTouch?])

        var count: Int {
            switch self {
            case .pictures(let pictures): pictures.count
            case .touches(_, let touches): touches.count
            }
        }

        func picture(frame: Int, on glass: FingerGlass) -> GrayImage? {
            let index = min(max(0, frame), count - 1)
            guard index >= 0 else { return nil }
            switch self {
            case .pictures(let pictures): return pictures[index]
            case .touches(let finger, let touches):
                return touches[index].map { finger.picture($0, on: glass, frame: frame) }
            }
        }
    }

    private let scene: Scene
    /// The print that an earlier finger left, and how much of its darkness.
    private var residue: (scene: Scene, strength: Float)?
    /// From the scanner's question to the finger on the glass, in the scanner's time.
    package let hesitation: Duration
    package let lifting: Lifting

    private init(_ scene: Scene, after hesitation: Duration, lifting: Lifting) {
        self.scene = scene
        self.hesitation = hesitation
        self.lifting = lifting
    }

    /// - Parameter picture: upright and of the sensor's size, dark ridges on white; nil for a finger that
    ///   never comes.
    package init(
        _ picture: GrayImage?, after hesitation: Duration = .milliseconds(700),
        lifting: Lifting = .after(.milliseconds(500))
    ) {
        self.init(.pictures(picture.map { [$0] } ?? []), after: hesitation, lifting: lifting)
    }

    /// A synthetic finger, laid on the glass as the touch says, for as long as it is there.
    package init(
        _ finger: SyntheticFinger, touch: FingerTouch = FingerTouch(), after hesitation: Duration = .milliseconds(700),
        lifting: Lifting = .after(.milliseconds(500))
    ) {
        self.init(finger, touches: [touch], after: hesitation, lifting: lifting)
    }

    /// A finger that moves or changes while the scanner takes picture after picture.
    ///
    /// - Parameter touches: one for each picture, the last for all that follow; nil for a finger that is off
    ///   the glass.
    package init(
        _ finger: SyntheticFinger, touches: [FingerTouch?], after hesitation: Duration = .milliseconds(700),
        lifting: Lifting = .after(.milliseconds(500))
    ) {
        self.init(.touches(finger, touches), after: hesitation, lifting: lifting)
    }

    /// Nobody puts a finger on the glass.
    package static let noFinger = FingerPresentation(nil)

    /// No finger, yet the scanner sees one: what the earlier one left on the glass, fainter and in the same
    /// place, as sunlight or a breath makes it seen.
    ///
    /// - Parameter strength: the share of the darkness that is left.
    package static func ghost(
        of earlier: FingerPresentation, strength: Float = 0.35, after hesitation: Duration = .milliseconds(700),
        lifting: Lifting = .after(.milliseconds(500))
    ) -> FingerPresentation {
        FingerPresentation(.pictures([]), after: hesitation, lifting: lifting).over(earlier, strength: strength)
    }

    /// The same on a glass that was not wiped after the earlier finger.
    package func over(_ earlier: FingerPresentation, strength: Float = 0.12) -> FingerPresentation {
        var presentation = self
        presentation.residue = (earlier.scene, min(1, max(0, strength)))
        return presentation
    }

    /// Whether the scanner ever says that there is a finger.
    var isSeen: Bool { scene.count > 0 || (residue?.scene.count ?? 0) > 0 }

    /// What the sensor sees when it takes its picture number `frame`, counted from 0; nil for an empty glass.
    ///
    /// - Parameter glass: a given picture stays as it is, a synthetic finger is drawn for any glass.
    package func picture(frame: Int = 0, on glass: FingerGlass = .uareU) -> GrayImage? {
        let finger = scene.picture(frame: frame, on: glass)
        guard let residue, let left = residue.scene.picture(frame: residue.scene.count - 1, on: glass) else {
            return finger
        }
        let base =
            finger
            ?? GrayImage(
                width: left.width, height: left.height, pixels: [UInt8](repeating: 255, count: left.pixels.count),
                pixelsPerInch: left.pixelsPerInch)
        return base.over(left, strength: residue.strength)
    }
}

extension GrayImage {
    /// What another picture leaves shines through where this one is light.
    fileprivate func over(_ residue: GrayImage, strength: Float) -> GrayImage {
        guard residue.width == width, residue.height == height else { return self }
        let pixels = zip(pixels, residue.pixels).map { own, other in
            UInt8(Float(own) * (1 - strength * Float(255 - other) / 255))
        }
        return GrayImage(width: width, height: height, pixels: pixels, pixelsPerInch: pixelsPerInch)
    }
}
