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

    /// The upright picture that the scanner should take, 384 x 290, dark ridges on white; nil for a finger
    /// that never comes.
    package let picture: GrayImage?
    /// From the scanner's question to the finger on the glass, in the scanner's time.
    package let hesitation: Duration
    package let lifting: Lifting

    package init(
        _ picture: GrayImage?, after hesitation: Duration = .milliseconds(700),
        lifting: Lifting = .after(.milliseconds(500))
    ) {
        self.picture = picture
        self.hesitation = hesitation
        self.lifting = lifting
    }

    /// A synthetic finger, laid on the glass as the touch says.
    package init(
        _ finger: SyntheticFinger, touch: FingerTouch = FingerTouch(), after hesitation: Duration = .milliseconds(700),
        lifting: Lifting = .after(.milliseconds(500))
    ) {
        self.init(finger.picture(touch, on: .uareU), after: hesitation, lifting: lifting)
    }

    /// Nobody puts a finger on the glass.
    package static let noFinger = FingerPresentation(nil)
}
