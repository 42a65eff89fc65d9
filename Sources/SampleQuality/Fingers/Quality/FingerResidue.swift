import EnrolmentCore

/// Whether a picture shows what an earlier finger left on the glass.
///
/// A print that was left lies where it lay: its ridges fall on those of the picture before, pixel for pixel.
/// A finger that is laid down again has moved by more than half a ridge somewhere, and pulls its skin
/// another way. So the detail of both pictures is compared at the same place, square by square.
enum FingerResidue {
    private static let side = 16
    /// Detail weaker than this in grey levels is noise.
    private static let faintest = 4.0
    private static let fewestSquares = 12

    /// 0 to 1; 0 when the pictures have other sides or too little to compare.
    static func likeness(of image: GrayImage, to earlier: GrayImage) -> Double {
        guard image.width == earlier.width, image.height == earlier.height else { return 0 }
        var likenesses: [Double] = []
        for y in stride(from: 0, to: image.height - side + 1, by: side) {
            for x in stride(from: 0, to: image.width - side + 1, by: side) {
                if let likeness = correlation(image, earlier, x, y) { likenesses.append(likeness) }
            }
        }
        guard likenesses.count >= fewestSquares else { return 0 }
        // The median, so that a finger that covers a part of the old print does not hide it.
        likenesses.sort()
        return max(0, likenesses[likenesses.count / 2])
    }

    /// How alike two squares change; nil where the new picture shows nothing.
    private static func correlation(_ first: GrayImage, _ second: GrayImage, _ x: Int, _ y: Int) -> Double? {
        var (a, b, aa, bb, ab) = (0, 0, 0, 0, 0)
        first.pixels.withUnsafeBufferPointer { one in
            second.pixels.withUnsafeBufferPointer { two in
                for row in y..<(y + side) {
                    let start = row * first.width + x
                    for index in start..<(start + side) {
                        let (p, q) = (Int(one[index]), Int(two[index]))
                        a &+= p
                        b &+= q
                        aa &+= p &* p
                        bb &+= q &* q
                        ab &+= p &* q
                    }
                }
            }
        }
        let count = Double(side * side)
        let varianceA = Double(aa) / count - (Double(a) / count) * (Double(a) / count)
        let varianceB = Double(bb) / count - (Double(b) / count) * (Double(b) / count)
        guard varianceA > faintest * faintest else { return nil }
        guard varianceB > 0 else { return 0 }
        return (Double(ab) / count - Double(a) / count * Double(b) / count) / (varianceA * varianceB).squareRoot()
    }
}
