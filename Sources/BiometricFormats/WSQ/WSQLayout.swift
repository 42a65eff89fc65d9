/// A rectangle of the coefficient plane and the directions in which its halves are swapped.
struct WSQRegion: Hashable {
    let x: Int
    let y: Int
    let width: Int
    let height: Int
    /// Along rows, respectively columns, the high half lies before the low half.
    let rowsInverted: Bool
    let columnsInverted: Bool

    var area: Int { width * height }

    /// The four rectangles that one filtering step leaves: top left, top right, bottom left, bottom right.
    var children: [WSQRegion] {
        let (left, right) = Self.halves(width, rowsInverted)
        let (top, bottom) = Self.halves(height, columnsInverted)
        return [
            WSQRegion(x: x, y: y, width: left, height: top, rowsInverted: false, columnsInverted: false),
            WSQRegion(x: x + left, y: y, width: right, height: top, rowsInverted: true, columnsInverted: false),
            WSQRegion(x: x, y: y + top, width: left, height: bottom, rowsInverted: false, columnsInverted: true),
            WSQRegion(x: x + left, y: y + top, width: right, height: bottom, rowsInverted: true, columnsInverted: true),
        ]
    }

    private static func halves(_ length: Int, _ inverted: Bool) -> (Int, Int) {
        inverted ? (length / 2, length - length / 2) : (length - length / 2, length / 2)
    }
}

/// Where each step of the wavelet tree works and where the 60 coded bands lie.
struct WSQLayout {
    /// In filtering order: a parent comes before its children.
    let regions: [WSQRegion]
    /// Bands 0 to 59, in coding order.
    let bands: [WSQRegion]

    static let bandCount = 60
    /// The bands of the three blocks of entropy data.
    static let blocks = [0..<19, 19..<52, 52..<60]

    init(width: Int, height: Int) {
        let root = WSQRegion(
            x: 0, y: 0, width: width, height: height, rowsInverted: false, columnsInverted: false)
        let first = root.children
        let second = first[0].children
        var regions = [root, first[0], first[1], first[2]]
        var lowest: [WSQRegion] = []
        var middle: [[WSQRegion]] = []
        for (index, quadrant) in second.prefix(3).enumerated() {
            regions.append(quadrant)
            var bands: [WSQRegion] = []
            for (childIndex, child) in quadrant.children.enumerated() {
                regions.append(child)
                let grandchildren = child.children
                if index == 0, childIndex == 0 {
                    // The lowest band alone is split once more.
                    regions.append(grandchildren[0])
                    lowest = grandchildren[0].children
                    bands += grandchildren.dropFirst()
                } else {
                    bands += grandchildren
                }
            }
            middle.append(bands)
        }
        self.regions = regions
        // The highest quarter of the picture is never coded.
        bands = lowest + middle.joined() + [second[3]] + first[1].children + first[2].children
    }
}
