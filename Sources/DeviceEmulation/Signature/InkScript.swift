package import EnrolmentCore

/// What a pen does on an emulated pad, moment by moment.
package struct InkScript: Hashable, Sendable {
    /// What a driver should find: the runs of touching points, timed from the first.
    package let strokes: [[PenPoint]]
    /// What the pad reports, every 5 ms while the pen is near, timed from the first touch (and so
    /// from before zero).
    package let moments: [Moment]

    package struct Moment: Hashable, Sendable {
        package let x: Int
        package let y: Int
        package let pressure: Int
        package let isInRange: Bool
        package let milliseconds: Int
    }

    /// A pad reports two hundred times a second.
    package static let interval = 5
    /// How many reports a pen hovers before and after a stroke.
    private static let hover = 6

    /// - Parameter strokes: touching points; times must grow, and between strokes by at least 70 ms.
    package init(strokes: [[PenPoint]]) {
        self.strokes = strokes
        moments = strokes.flatMap { stroke in
            guard let first = stroke.first, let last = stroke.last else { return [Moment]() }
            let approach = (1...Self.hover).reversed().map { step in
                Moment(hoveringAt: first, after: -step * Self.interval)
            }
            let touch = stroke.map { point in
                Moment(
                    x: point.x, y: point.y, pressure: point.pressure, isInRange: true,
                    milliseconds: point.milliseconds)
            }
            let retreat = (1...Self.hover).map { Moment(hoveringAt: last, after: $0 * Self.interval) }
            let gone = Moment(
                x: 0, y: 0, pressure: 0, isInRange: false,
                milliseconds: last.milliseconds + (Self.hover + 1) * Self.interval)
            return approach + touch + retreat + [gone]
        }
    }
}

extension InkScript.Moment {
    fileprivate init(hoveringAt point: PenPoint, after milliseconds: Int) {
        self.init(
            x: point.x, y: point.y, pressure: 0, isInRange: true, milliseconds: point.milliseconds + milliseconds)
    }

    /// The pen touches: its tip is pressed.
    var isTouching: Bool { isInRange && pressure > 0 }

    /// The first seven bytes of reports 01, 30 and 34.
    func report(_ id: UInt8) -> [UInt8] {
        let switches: UInt8 = (isInRange ? 0x80 : 0) | (isTouching ? 0x10 : 0)
        return [
            id, switches | UInt8(truncatingIfNeeded: pressure >> 8 & 0x0F), UInt8(truncatingIfNeeded: pressure),
            UInt8(truncatingIfNeeded: x >> 8), UInt8(truncatingIfNeeded: x), UInt8(truncatingIfNeeded: y >> 8),
            UInt8(truncatingIfNeeded: y),
        ]
    }
}
