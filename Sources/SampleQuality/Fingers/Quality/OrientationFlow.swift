import Foundation

/// How much the ridges' direction turns from one square to the next.
enum OrientationFlow {
    /// Turning less than this is what ridges do.
    private static let free = 4 * Double.pi / 180

    /// For each square of the finger whose eight neighbours are finger too, and that turns: 0, as little as may
    /// be, to 1, a right angle.
    static func scores(of regions: LocalRegions) -> [Double] {
        let (columns, rows) = (regions.innerColumns, regions.innerRows)
        guard columns > 2, rows > 2 else { return [] }
        var scores: [Double] = []
        for row in 1..<(rows - 1) {
            for column in 1..<(columns - 1) {
                let middle = regions.inner[row * columns + column]
                var turn = 0.0
                var isInside = true
                for y in (row - 1)...(row + 1) {
                    for x in (column - 1)...(column + 1) {
                        let other = regions.inner[y * columns + x]
                        isInside = isInside && other.isForeground
                        turn += abs(middle.angle - other.angle)
                    }
                }
                turn /= 8
                if isInside, turn > free { scores.append((turn - free) / (Double.pi / 2 - free)) }
            }
        }
        return scores
    }
}
