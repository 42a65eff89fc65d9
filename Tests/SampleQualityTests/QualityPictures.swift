import EnrolmentCore

/// What no finger makes.
enum Drawing: CaseIterable {
    case stripes, rings, squares

    func picture(width: Int, height: Int) -> GrayImage {
        GrayImage(width: width, height: height) { x, y in
            switch self {
            case .stripes: x / 5 % 2 == 0 ? 20 : 240
            case .rings: Self.distance(x - width / 2, y - height / 2) / 5 % 2 == 0 ? 30 : 230
            case .squares: (x / 16 + y / 16) % 2 == 0 ? 0 : 255
            }
        }
    }

    private static func distance(_ x: Int, _ y: Int) -> Int { Int(Double(x * x + y * y).squareRoot()) }
}

/// How a picture of a finger is spoilt; 0 is not at all, 3 leaves next to nothing.
enum Spoiling {
    case coarse, faded, cut, noisy

    func applied(to picture: GrayImage, amount: Int) -> GrayImage {
        guard amount > 0 else { return picture }
        switch self {
        case .coarse: return Self.coarse(picture, side: [1, 4, 7, 11][amount])
        case .faded: return Self.faded(picture, to: [1, 0.4, 0.1, 0.02][amount])
        case .cut:
            let (from, to) = (picture.width * amount / 8, picture.width * (8 - amount) / 8)
            return GrayImage(width: picture.width, height: picture.height) { x, y in
                (from..<to).contains(x) && y < picture.height * (8 - 2 * amount) / 8 ? Int(picture[x, y]) : 255
            }
        case .noisy:
            let noise = Noise(seed: 8).picture(width: picture.width, height: picture.height, around: 128, reach: 127)
            return GrayImage(width: picture.width, height: picture.height) { x, y in
                Int(picture[x, y]) + 3 * amount * (Int(noise[x, y]) - 128) / 4
            }
        }
    }

    /// The share of the darkness that stays.
    static func faded(_ picture: GrayImage, to share: Double) -> GrayImage {
        GrayImage(width: picture.width, height: picture.height) { x, y in
            255 - Int((Double(255 - picture[x, y]) * share).rounded())
        }
    }

    /// Squares of this side have one grey each.
    private static func coarse(_ picture: GrayImage, side: Int) -> GrayImage {
        let columns = (picture.width + side - 1) / side
        var sums = [Int](repeating: 0, count: columns * ((picture.height + side - 1) / side))
        var counts = sums
        for y in 0..<picture.height {
            for x in 0..<picture.width {
                sums[y / side * columns + x / side] += Int(picture[x, y])
                counts[y / side * columns + x / side] += 1
            }
        }
        return GrayImage(width: picture.width, height: picture.height) { x, y in
            sums[y / side * columns + x / side] / counts[y / side * columns + x / side]
        }
    }
}

/// Even noise; the same seed gives the same.
struct Noise {
    let seed: UInt64

    func picture(width: Int, height: Int, around middle: Int, reach: Int) -> GrayImage {
        var state = seed
        return GrayImage(width: width, height: height) { _, _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let step = Int(state >> 33) % (2 * reach + 1)
            return middle + step - reach
        }
    }
}

extension GrayImage {
    /// - Parameter grey: of each place, brought within 0 to 255.
    init(width: Int, height: Int, grey: (_ x: Int, _ y: Int) -> Int) {
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width { pixels.append(UInt8(min(255, max(0, grey(x, y))))) }
        }
        self.init(width: width, height: height, pixels: pixels, pixelsPerInch: 500)
    }

    /// White all around.
    func framed(by margin: Int) -> GrayImage {
        GrayImage(width: width + 2 * margin, height: height + 2 * margin) { x, y in
            let (column, row) = (x - margin, y - margin)
            let isInside = column >= 0 && row >= 0 && column < width && row < height
            return isInside ? Int(self[column, row]) : 255
        }
    }
}
