/// A line of a skeleton, from a node on.
struct SkeletonPath {
    enum End: Equatable {
        case ending, goesOn
        /// At the fork with this index.
        case fork(Int)
    }

    /// Indices of its pixels, without the node where it starts and with the one where it ends.
    var pixels: [Int]
    var end: End
}

extension RidgeSkeleton {
    /// The lines that leave a node, each followed for so many pixels.
    func paths(from node: Int, atMost length: Int) -> [SkeletonPath] {
        exits(from: node).map { path(from: node, through: $0, atMost: length) }
    }

    func path(from node: Int, through first: Int, atMost length: Int) -> SkeletonPath {
        var pixels = [first]
        var (before, here) = (node, first)
        while true {
            let branches = branches(at: here)
            if branches >= 3 { return SkeletonPath(pixels: pixels, end: .fork(here)) }
            if branches <= 1, here != first { return SkeletonPath(pixels: pixels, end: .ending) }
            if pixels.count >= length { return SkeletonPath(pixels: pixels, end: .goesOn) }
            let next = around.map { here + $0 }.first {
                self.pixels[$0] == 1 && $0 != before && !touches($0, before)
            }
            guard let next, next != node else { return SkeletonPath(pixels: pixels, end: .ending) }
            pixels.append(next)
            (before, here) = (here, next)
        }
    }

    /// The first pixel of each line that leaves a node, by a side where it can.
    private func exits(from node: Int) -> [Int] {
        let bits = neighbours(of: node)
        let isOn = { (bit: Int) in bits >> (bit % 8) & 1 == 1 }
        return (0..<8).filter { !isOn($0 + 7) && isOn($0) }.map { first in
            let side = first % 2 == 1 && isOn(first + 1) ? first + 1 : first
            return node + around[side % 8]
        }
    }

    private func touches(_ one: Int, _ other: Int) -> Bool {
        around.contains(one - other)
    }
}
