/// Tells the finger from the empty glass around it.
enum PrintArea {
    /// A block belongs to the print when its contrast is a fair part of the print's own and its ridges run
    /// somewhere, or when they run surely where the finger was pressed so hard that little contrast is left; then
    /// specks go and holes are filled.
    static func find(in plane: RidgePlane, certainty: BlockGrid<Float>) -> BlockGrid<Bool> {
        let typical = percentile(plane.deviation.values, 0.9)
        let fair = max(RidgePlane.noise, 0.4 * typical)
        let little = max(RidgePlane.noise, 0.1 * typical)
        var area = BlockGrid(columns: plane.columns, rows: plane.rows, repeating: false)
        for index in area.values.indices {
            area.values[index] =
                plane.deviation.values[index] > fair && certainty.values[index] > 0.12
                || plane.ownDeviation.values[index] > little && certainty.values[index] > 0.3
        }
        area = area.shrunk.grown.grown.shrunk
        return filled(largestParts(of: area))
    }

    static func percentile(_ values: [Float], _ share: Float) -> Float {
        guard !values.isEmpty else { return 0 }
        return values.sorted()[min(values.count - 1, Int(share * Float(values.count)))]
    }

    /// The largest connected part, and every other that is at least a fifth of it.
    private static func largestParts(of area: BlockGrid<Bool>) -> BlockGrid<Bool> {
        let parts = parts(of: area)
        guard let largest = parts.map(\.count).max() else { return area }
        var result = BlockGrid(columns: area.columns, rows: area.rows, repeating: false)
        for part in parts where 5 * part.count >= largest {
            for index in part { result.values[index] = true }
        }
        return result
    }

    /// Background that does not reach the rim belongs to the print.
    private static func filled(_ area: BlockGrid<Bool>) -> BlockGrid<Bool> {
        var outside = area
        for index in outside.values.indices { outside.values[index].toggle() }
        var result = area
        for part in parts(of: outside) {
            let touchesRim = part.contains { index in
                let (column, row) = (index % area.columns, index / area.columns)
                return column == 0 || row == 0 || column == area.columns - 1 || row == area.rows - 1
            }
            // A hole larger than a fingertip's scar is glass.
            if !touchesRim, part.count <= 40 {
                for index in part { result.values[index] = true }
            }
        }
        return result
    }

    /// Connected by their sides.
    private static func parts(of area: BlockGrid<Bool>) -> [[Int]] {
        var seen = area.values.map { !$0 }
        var parts: [[Int]] = []
        for start in seen.indices where !seen[start] {
            seen[start] = true
            var part = [start]
            var next = 0
            while next < part.count {
                let index = part[next]
                next += 1
                let (column, row) = (index % area.columns, index / area.columns)
                var neighbours: [Int] = []
                if column > 0 { neighbours.append(index - 1) }
                if column < area.columns - 1 { neighbours.append(index + 1) }
                if row > 0 { neighbours.append(index - area.columns) }
                if row < area.rows - 1 { neighbours.append(index + area.columns) }
                for neighbour in neighbours where !seen[neighbour] {
                    seen[neighbour] = true
                    part.append(neighbour)
                }
            }
            parts.append(part)
        }
        return parts
    }
}
