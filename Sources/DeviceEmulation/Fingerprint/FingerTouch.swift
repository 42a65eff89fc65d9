/// One way of putting a finger on the glass.
///
/// The seed alone lays it down with care: a little shifted, turned and stretched, never twice the same.
/// The other values are what goes wrong at a bedside.
package struct FingerTouch: Hashable, Sendable {
    /// A distance on the glass in millimetres, from the middle to the right and down.
    package struct Shift: Hashable, Sendable {
        package var right: Float
        package var down: Float

        package init(right: Float = 0, down: Float = 0) {
            self.right = right
            self.down = down
        }
    }

    /// Everything that happens by chance follows from it.
    package var seed: UInt64
    /// From 0.2 to 2; 1 is right, 0.5 a finger that hardly touches, 1.6 one that is pressed too hard.
    package var pressure: Float
    /// 0 is right; -1 is skin like paper, 1 is dripping wet.
    package var moisture: Float
    /// In degrees, clockwise in the picture, beside the little that comes by chance.
    package var rotation: Float
    /// Where the finger lies, beside the little that comes by chance.
    package var shift: Shift
    /// The share of its pad's length or width that touches; 1 is all of it.
    package var coverage: Float
    /// How the skin is stretched on the glass; 1 is ordinary, 0 not at all.
    package var stretch: Float
    /// How far it slides, in millimetres, while the picture is taken.
    package var slide: Float
    /// The sensor's noise; 0 is ordinary, 1 is a picture full of it.
    package var noise: Float
    /// How much of the chance shift and turn there is; 0 lies exactly where `shift` and `rotation` say.
    package var sway: Float

    package init(
        seed: UInt64 = 0, pressure: Float = 1, moisture: Float = 0, rotation: Float = 0, shift: Shift = Shift(),
        coverage: Float = 1, stretch: Float = 1, slide: Float = 0, noise: Float = 0, sway: Float = 1
    ) {
        self.seed = seed
        self.pressure = pressure
        self.moisture = moisture
        self.rotation = rotation
        self.shift = shift
        self.coverage = coverage
        self.stretch = stretch
        self.slide = slide
        self.noise = noise
        self.sway = sway
    }

    /// The nearest touch that can be drawn; what is no number counts as ordinary.
    var bounded: FingerTouch {
        func bound(_ value: Float, _ range: ClosedRange<Float>, else ordinary: Float) -> Float {
            value.isNaN ? ordinary : min(range.upperBound, max(range.lowerBound, value))
        }
        let turn = rotation.truncatingRemainder(dividingBy: 360)
        return FingerTouch(
            seed: seed, pressure: bound(pressure, 0.2...2, else: 1), moisture: bound(moisture, -1...1, else: 0),
            rotation: bound(turn, -360...360, else: 0),
            shift: Shift(right: bound(shift.right, -50...50, else: 0), down: bound(shift.down, -50...50, else: 0)),
            coverage: bound(coverage, 0.1...1, else: 1), stretch: bound(stretch, 0...3, else: 1),
            slide: bound(slide, 0...5, else: 0), noise: bound(noise, 0...1, else: 0),
            sway: bound(sway, 0...3, else: 1))
    }
}
