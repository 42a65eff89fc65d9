/// Where the finger touches the glass: one area without holes, on a grid of 4 by 4 pixels.
///
/// After NFIQ 2's region of interest, which is found at full size: ridges are thickened, blurred until they
/// are one, and told from the glass by Otsu's threshold, twice; here from the thickening on at a quarter.
struct ContactArea {
    static let cell = 4
    let columns: Int
    let rows: Int
    /// Row by row from the top left.
    private(set) var isContact: [Bool]
    /// Of the pixels that touch.
    private(set) var greys = GreyCounts([])

    init(_ picture: TrimmedPicture) {
        columns = (picture.width + Self.cell - 1) / Self.cell
        rows = (picture.height + Self.cell - 1) / Self.cell
        var plane = CellPlane(Self.thickened(picture), width: picture.width, height: picture.height, cell: Self.cell)
        // The standard deviations and reaches that OpenCV gives bells of 41 and 91 pixels.
        plane = plane.blurred(by: 6.5 / Float(Self.cell), reach: 5)
        plane = plane.split()
        plane = plane.blurred(by: 14 / Float(Self.cell), reach: 11)
        isContact = plane.split().values.map { $0 == 0 }
        fillHoles()
        keepLargest()
        greys = GreyCounts(counted(picture))
    }

    var count: Int { isContact.reduce(0) { $0 + ($1 ? 1 : 0) } }

    /// Whether any of the square of 32 by 32 pixels is contact.
    func touches(regionColumn: Int, regionRow: Int) -> Bool {
        let side = RegionMoments.side / Self.cell
        for row in (regionRow * side)..<min(rows, (regionRow + 1) * side) {
            for column in (regionColumn * side)..<min(columns, (regionColumn + 1) * side)
            where isContact[row * columns + column] {
                return true
            }
        }
        return false
    }

    /// The darkest of each pixel and its neighbours up to two away.
    private static func thickened(_ picture: TrimmedPicture) -> ContiguousArray<UInt8> {
        let (width, height) = (picture.width, picture.height)
        var result = picture.pixels
        var column = ContiguousArray<UInt8>(repeating: 255, count: width + 4)
        picture.pixels.withUnsafeBufferPointer { source in
            result.withUnsafeMutableBufferPointer { target in
                column.withUnsafeMutableBufferPointer { column in
                    guard let source = source.baseAddress, let target = target.baseAddress,
                        let column = column.baseAddress
                    else { return }
                    for y in 0..<height {
                        let (first, second) = (source + max(0, y - 2) * width, source + max(0, y - 1) * width)
                        let third = source + y * width
                        let (fourth, fifth) =
                            (source + min(height - 1, y + 1) * width, source + min(height - 1, y + 2) * width)
                        for x in 0..<width {
                            column[x + 2] = min(min(min(first[x], second[x]), min(third[x], fourth[x])), fifth[x])
                        }
                        let row = target + y * width
                        for x in 0..<width {
                            row[x] = min(
                                min(min(column[x], column[x + 1]), min(column[x + 2], column[x + 3])), column[x + 4])
                        }
                    }
                }
            }
        }
        return result
    }

    /// Glass that no way leads out of belongs to the finger.
    private mutating func fillHoles() {
        var outside = [Bool](repeating: false, count: isContact.count)
        for start in isContact.indices where isRim(start) && !isContact[start] && !outside[start] {
            flood(from: start, into: &outside) { !isContact[$0] }
        }
        for index in isContact.indices where !isContact[index] && !outside[index] { isContact[index] = true }
    }

    /// The part with the largest bounding box.
    private mutating func keepLargest() {
        var seen = [Bool](repeating: false, count: isContact.count)
        var largest: (size: Int, part: [Int]) = (0, [])
        for start in isContact.indices where isContact[start] && !seen[start] {
            let part = flood(from: start, into: &seen) { isContact[$0] }
            var (left, right, top, bottom) = (columns, 0, rows, 0)
            for index in part {
                (left, right) = (min(left, index % columns), max(right, index % columns))
                (top, bottom) = (min(top, index / columns), max(bottom, index / columns))
            }
            let size = (right - left + 1) * (bottom - top + 1)
            if size > largest.size { largest = (size, part) }
        }
        isContact = [Bool](repeating: false, count: isContact.count)
        for index in largest.part { isContact[index] = true }
    }

    private func isRim(_ index: Int) -> Bool {
        let (column, row) = (index % columns, index / columns)
        return column == 0 || row == 0 || column == columns - 1 || row == rows - 1
    }

    @discardableResult
    private func flood(from start: Int, into seen: inout [Bool], where belongs: (Int) -> Bool) -> [Int] {
        var part = [start]
        seen[start] = true
        var next = 0
        while next < part.count {
            let index = part[next]
            next += 1
            let (column, row) = (index % columns, index / columns)
            func visit(_ neighbour: Int) {
                guard !seen[neighbour], belongs(neighbour) else { return }
                seen[neighbour] = true
                part.append(neighbour)
            }
            if column > 0 { visit(index - 1) }
            if column < columns - 1 { visit(index + 1) }
            if row > 0 { visit(index - columns) }
            if row < rows - 1 { visit(index + columns) }
        }
        return part
    }

    private func counted(_ picture: TrimmedPicture) -> [Int] {
        var counts = [Int](repeating: 0, count: 256)
        counts.withUnsafeMutableBufferPointer { counts in
            picture.pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<picture.height {
                    let row = y / Self.cell * columns
                    for x in 0..<picture.width where isContact[row + x / Self.cell] {
                        counts[Int(pixels[y * picture.width + x])] += 1
                    }
                }
            }
        }
        return counts
    }
}
