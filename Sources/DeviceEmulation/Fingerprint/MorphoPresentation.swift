package import EnrolmentCore

/// What one person does with one finger at a MorphoSmart module, from the moment that it looks out for one.
package struct MorphoPresentation: Sendable {
    package enum Manner: Hashable, Sendable {
        case right
        case tooLight
        /// Beside the middle of the glass; the module says which way to move.
        case moved(Move)
        case wet
        /// No living finger.
        case falseFinger
        /// No finger at all: what an earlier one left on the glass.
        case residue
    }

    /// Where the finger should go.
    package enum Move: UInt8, CaseIterable, Sendable {
        case up = 1
        case down, left, right
    }

    /// When the finger comes off the glass.
    package enum Lifting: Hashable, Sendable {
        /// This long after its picture was taken.
        case after(Duration)
        /// Before its picture is taken.
        case early
        case never
    }

    /// What the module should send, of any size; nil for a finger that never comes.
    package var picture: GrayImage?
    package var manner: Manner
    /// Whether the person does what the module asks, after a while.
    package var followsHints: Bool
    /// From the module's question to the finger on the glass.
    package var hesitation: Duration
    package var lifting: Lifting

    package init(
        _ picture: GrayImage?, _ manner: Manner = .right, followsHints: Bool = true,
        after hesitation: Duration = .milliseconds(700), lifting: Lifting = .after(.milliseconds(500))
    ) {
        self.picture = picture
        self.manner = manner
        self.followsHints = followsHints
        self.hesitation = hesitation
        self.lifting = lifting
    }

    /// Nobody puts a finger on the glass.
    package static let noFinger = MorphoPresentation(nil)
}
