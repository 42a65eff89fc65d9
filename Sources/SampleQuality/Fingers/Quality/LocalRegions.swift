import Foundation

/// The squares of 32 by 32 pixels into which a picture is cut for its local measures.
///
/// Two cuts are made, as NFIQ 2 makes them: one from the corner, with what is left at the right and at the
/// bottom, and one two pixels further in, of whole squares only that can be looked at turned.
struct LocalRegions {
    /// A square of the second cut.
    struct Inner {
        let x: Int
        let y: Int
        /// The direction across the ridges as NFIQ 2 estimates it, half a turn wide.
        let angle: Double
        let isForeground: Bool
    }

    /// The first cut, row by row.
    let outer: [RegionMoments]
    let outerColumns: Int
    /// Which of the first cut change enough to be finger.
    let isForeground: [Bool]
    /// The second cut, row by row.
    let inner: [Inner]
    let innerColumns: Int
    let innerRows: Int

    /// How much of the whole picture's deviation a square of the finger has at least.
    private static let threshold = 0.1
    /// What a turned window of 32 by 16 needs around its square.
    static let margin = 2

    init(_ picture: TrimmedPicture) {
        let side = RegionMoments.side
        let columns = (picture.width + side - 1) / side
        let rows = (picture.height + side - 1) / side
        var outer: [RegionMoments] = []
        outer.reserveCapacity(columns * rows)
        for y in stride(from: 0, to: picture.height, by: side) {
            for x in stride(from: 0, to: picture.width, by: side) {
                outer.append(
                    RegionMoments(
                        picture, x: x, y: y, width: min(side, picture.width - x), height: min(side, picture.height - y))
                )
            }
        }
        let isForeground = outer.map { $0.deviation > Self.threshold * picture.deviation }
        innerColumns = max(0, (picture.width - 2 * Self.margin) / side)
        innerRows = max(0, (picture.height - 2 * Self.margin) / side)
        var inner: [Inner] = []
        for row in 0..<innerRows {
            for column in 0..<innerColumns {
                let (x, y) = (column * side + Self.margin, row * side + Self.margin)
                let corner = row * columns + column
                // It reaches two pixels into its neighbours.
                let covered = [corner, corner + 1, corner + columns, corner + columns + 1]
                let moments = RegionMoments(picture, x: x, y: y, width: side, height: side)
                inner.append(
                    Inner(
                        x: x, y: y, angle: atan2(moments.mixed, moments.across - moments.down) / 2,
                        isForeground: covered.allSatisfy { isForeground[$0] }))
            }
        }
        self.outer = outer
        outerColumns = columns
        self.isForeground = isForeground
        self.inner = inner
    }
}
