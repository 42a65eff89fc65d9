/// Columns and rows of a terminal.
package struct Size: Hashable, Sendable {
    package let columns: Int
    package let rows: Int

    /// Sides below nothing count as nothing.
    package init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }
}

/// A part of the screen, in cells, from the top left.
///
/// Cutting never yields a negative side: what does not fit is empty, so that a widget may draw on
/// any terminal without asking first.
package struct Rect: Hashable, Sendable {
    package let x: Int
    package let y: Int
    package let width: Int
    package let height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = max(0, width)
        self.height = max(0, height)
    }

    package var right: Int { x + width }
    package var bottom: Int { y + height }
    package var isEmpty: Bool { width == 0 || height == 0 }

    /// The first `rows` rows, and what is left below them.
    package func cut(top rows: Int) -> (top: Rect, rest: Rect) {
        let taken = min(max(0, rows), height)
        return (
            Rect(x: x, y: y, width: width, height: taken),
            Rect(x: x, y: y + taken, width: width, height: height - taken)
        )
    }

    /// The last `rows` rows, and what is left above them.
    package func cut(bottom rows: Int) -> (bottom: Rect, rest: Rect) {
        let (rest, bottom) = cut(top: height - min(max(0, rows), height))
        return (bottom, rest)
    }

    /// The first `columns` columns, and what is left beside them.
    package func cut(left columns: Int) -> (left: Rect, rest: Rect) {
        let taken = min(max(0, columns), width)
        return (
            Rect(x: x, y: y, width: taken, height: height),
            Rect(x: x + taken, y: y, width: width - taken, height: height)
        )
    }

    /// What both have; empty when they do not touch.
    package func intersection(_ other: Rect) -> Rect {
        let (left, top) = (max(x, other.x), max(y, other.y))
        return Rect(x: left, y: top, width: min(right, other.right) - left, height: min(bottom, other.bottom) - top)
    }

    /// This part without a margin all around.
    package func inset(columns: Int = 0, rows: Int = 0) -> Rect {
        Rect(x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
    }

    /// A part of at most this size in the middle.
    package func centred(width wanted: Int, height wantedHeight: Int) -> Rect {
        let width = min(wanted, self.width)
        let height = min(wantedHeight, self.height)
        return Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
    }

    /// Side by side, one part for each extent, with `gap` empty columns between them.
    package func columns(_ extents: [Extent], gap: Int = 0) -> [Rect] {
        let lengths = Extent.lengths(extents, in: width - gap * max(0, extents.count - 1))
        var left = x
        return lengths.map { length in
            defer { left += length + gap }
            return Rect(x: left, y: y, width: min(length, max(0, right - left)), height: height)
        }
    }
}

/// How much of a row or a column something gets.
package enum Extent: Hashable, Sendable {
    /// So many cells.
    case fixed(Int)
    /// A share of what the fixed ones leave.
    case share(Int)

    /// The cells for each extent; the last share takes what rounding leaves.
    package static func lengths(_ extents: [Extent], in length: Int) -> [Int] {
        var left = max(0, length)
        var shares = 0
        for case .share(let share) in extents { shares += max(0, share) }
        var fixed: [Int?] = extents.map { extent in
            guard case .fixed(let cells) = extent else { return nil }
            let taken = min(max(0, cells), left)
            left -= taken
            return taken
        }
        for (index, extent) in extents.enumerated() {
            guard case .share(let share) = extent else { continue }
            let taken = shares > 0 ? left * max(0, share) / shares : 0
            fixed[index] = taken
            left -= taken
            shares -= max(0, share)
        }
        return fixed.map { $0 ?? 0 }
    }
}
