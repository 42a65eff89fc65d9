/// How the grey changes inside one square of a picture: second moments of its gradient, and its grey.
struct RegionMoments {
    /// Means of the squared changes to the right and downwards, and of their product.
    let across: Double
    let down: Double
    let mixed: Double
    let mean: Double
    let deviation: Double

    /// The local region of NFIQ 2 in pixels.
    static let side = 32

    /// The share of the change that goes one way: 0 in noise, 1 in straight stripes. Nil where nothing changes.
    var certainty: Double? {
        let (smaller, larger) = spread
        return larger == 0 ? nil : 1 - smaller / larger
    }

    /// How well the gradients agree on an axis, 0 to 1.
    var coherence: Double {
        let sum = across + down
        return sum == 0 ? 0 : ((across - down) * (across - down) + 4 * mixed * mixed).squareRoot() / sum
    }

    /// The eigenvalues of the moments.
    private var spread: (smaller: Double, larger: Double) {
        let root = ((across - down) * (across - down) + 4 * mixed * mixed).squareRoot()
        return ((across + down - root) / 2, (across + down + root) / 2)
    }

    /// Only pixels of the region itself are looked at: at its rim the change is that to the one neighbour.
    init(_ picture: TrimmedPicture, x: Int, y: Int, width: Int, height: Int) {
        var (xx, yy, xy): (Int64, Int64, Int64) = (0, 0, 0)
        var (sum, squares): (Int32, Int32) = (0, 0)
        picture.pixels.withUnsafeBufferPointer { pixels in
            guard let base = pixels.baseAddress else { return }
            for row in 0..<height {
                let start = base + (y + row) * picture.width + x
                let above = row > 0 ? start - picture.width : start
                let below = row < height - 1 ? start + picture.width : start
                // Changes are kept doubled, so that they are whole numbers.
                let factor: Int32 = row > 0 && row < height - 1 ? 1 : 2
                var (rowXX, rowYY, rowXY): (Int32, Int32, Int32) = (0, 0, 0)
                for column in 0..<width {
                    let grey = Int32(start[column])
                    sum &+= grey
                    squares &+= grey &* grey
                    let before = column > 0 ? Int32(start[column - 1]) : grey
                    let after = column < width - 1 ? Int32(start[column + 1]) : grey
                    let inside = column > 0 && column < width - 1
                    let right = (after &- before) &* (inside ? 1 : 2)
                    let low = (Int32(below[column]) &- Int32(above[column])) &* factor
                    rowXX &+= right &* right
                    rowYY &+= low &* low
                    rowXY &+= right &* low
                }
                xx += Int64(rowXX)
                yy += Int64(rowYY)
                xy += Int64(rowXY)
            }
        }
        let count = Double(width * height)
        across = Double(xx) / 4 / count
        down = Double(yy) / 4 / count
        mixed = Double(xy) / 4 / count
        mean = Double(sum) / count
        deviation = max(0, Double(squares) / count - mean * mean).squareRoot()
    }
}
