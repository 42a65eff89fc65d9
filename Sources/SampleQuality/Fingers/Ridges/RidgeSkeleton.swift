/// The ridges' middle lines, one pixel wide.
struct RidgeSkeleton {
    let stride: Int
    /// 1 on a line, indexed as the plane is.
    var pixels: [UInt8]

    /// The eight neighbours of a pixel, clockwise from the one above, as offsets.
    let around: [Int]

    init(_ relief: RidgeRelief, plane: RidgePlane) {
        stride = plane.stride
        around = Self.around(stride: plane.stride)
        pixels = relief.values.map { $0 > 0 ? 1 : 0 }
        thin()
        for index in pixels.indices where pixels[index] == 1 { dropIfSpare(index) }
    }

    static func around(stride: Int) -> [Int] {
        [-stride, 1 - stride, 1, 1 + stride, stride, stride - 1, -1, -1 - stride]
    }

    /// The neighbours on a line, one bit each.
    func neighbours(of index: Int) -> Int {
        var bits = 0
        for (bit, offset) in around.enumerated() where pixels[index + offset] == 1 { bits |= 1 << bit }
        return bits
    }

    /// How many lines leave a pixel: 1 at an ending, 2 along a line, 3 or more at a fork.
    func branches(at index: Int) -> Int { Self.crossings[neighbours(of: index)] }

    /// Takes a pixel off when the line is whole without it.
    mutating func dropIfSpare(_ index: Int) {
        let bits = neighbours(of: index)
        if bits.nonzeroBitCount >= 2, Self.parts[bits] == 1 { pixels[index] = 0 }
    }

    /// Peels pixels off both sides in turn (Zhang and Suen, 1984) until only lines are left.
    private mutating func thin() {
        var candidates = pixels.indices.filter { pixels[$0] == 1 }
        var hasChanged = true
        while hasChanged {
            hasChanged = false
            for table in [Self.firstPeel, Self.secondPeel] {
                let peeled = peel(&candidates, by: table)
                hasChanged = hasChanged || peeled
            }
        }
    }

    private mutating func peel(_ candidates: inout [Int], by table: [Bool]) -> Bool {
        var peeled: [Int] = []
        let offsets = around
        pixels.withUnsafeBufferPointer { pixels in
            candidates.withUnsafeBufferPointer { candidates in
                table.withUnsafeBufferPointer { table in
                    for index in candidates {
                        var bits = 0
                        for bit in 0..<8 { bits |= Int(pixels[index + offsets[bit]]) << bit }
                        if table[bits] { peeled.append(index) }
                    }
                }
            }
        }
        guard !peeled.isEmpty else { return false }
        for index in peeled { pixels[index] = 0 }
        candidates.removeAll { pixels[$0] == 0 }
        return true
    }

    /// Steps from valley to ridge on the way around.
    static let crossings = (0..<256).map { bits in
        (0..<8).count { bits >> $0 & 1 == 0 && bits >> (($0 + 1) % 8) & 1 == 1 }
    }

    /// How many separate groups the neighbours form, those that touch by a corner together.
    private static let parts = (0..<256).map { bits -> Int in
        var groups = (0..<8).map { bits >> $0 & 1 == 1 ? $0 : -1 }
        for _ in 0..<4 {
            for bit in 0..<8 where groups[bit] >= 0 {
                // Sides touch the next corner, and by a corner the next side.
                for step in bit % 2 == 0 ? [1, 2] : [1] {
                    let other = (bit + step) % 8
                    guard groups[other] >= 0 else { continue }
                    let least = min(groups[bit], groups[other])
                    groups[bit] = least
                    groups[other] = least
                }
            }
        }
        return Set(groups.filter { $0 >= 0 }).count
    }

    private static let firstPeel = peel(sides: [(0, 2, 4), (2, 4, 6)])
    private static let secondPeel = peel(sides: [(0, 2, 6), (0, 4, 6)])

    private static func peel(sides: [(Int, Int, Int)]) -> [Bool] {
        (0..<256).map { bits in
            let isOn = { (bit: Int) in bits >> bit & 1 == 1 }
            guard (2...6).contains(bits.nonzeroBitCount), crossings[bits] == 1 else { return false }
            return sides.allSatisfy { !(isOn($0.0) && isOn($0.1) && isOn($0.2)) }
        }
    }
}
