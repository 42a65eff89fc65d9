import Foundation

extension RidgeSkeleton {
    /// A hair on a ridge is shorter than a ridge is wide.
    private static let tail = 9
    /// Dust, or the ridge of a pore, is shorter than this.
    private static let fragment = 16
    private static let bridge = 10

    /// Takes off what thinning makes of noise: hairs, specks, and bridges across a valley.
    mutating func clean(field: RidgeField) {
        for _ in 0..<2 {
            eraseTails()
            eraseBridges(field: field)
        }
        eraseTails()
    }

    private var lines: [Int] { pixels.indices.filter { pixels[$0] == 1 } }

    private mutating func eraseTails() {
        for index in lines where pixels[index] == 1 && branches(at: index) <= 1 {
            guard let path = paths(from: index, atMost: Self.fragment).first else {
                pixels[index] = 0
                continue
            }
            switch path.end {
            case .fork(let fork) where path.pixels.count <= Self.tail:
                erase([index] + path.pixels.dropLast(), at: [fork])
            case .ending:
                erase([index] + path.pixels, at: [])
            default: break
            }
        }
    }

    private mutating func eraseBridges(field: RidgeField) {
        for index in lines where pixels[index] == 1 && branches(at: index) >= 3 {
            for path in paths(from: index, atMost: Self.bridge) {
                guard case .fork(let fork) = path.end, fork != index, path.pixels.count >= 3 else { continue }
                let (x, y) = place(of: index)
                let (toX, toY) = place(of: fork)
                let along = atan2(Float(toY - y), Float(toX - x))
                let flow = field.direction(atX: Float(x + toX) / 2, y: Float(y + toY) / 2)
                guard abs(sin(along - flow)) > 0.7 else { continue }
                erase(path.pixels.dropLast(), at: [index, fork])
                break
            }
        }
    }

    private mutating func erase(_ path: some Sequence<Int>, at nodes: [Int]) {
        for index in path { pixels[index] = 0 }
        for node in nodes {
            for index in [node] + around.map({ node + $0 }) where pixels[index] == 1 { dropIfSpare(index) }
        }
    }

    /// In the plane's pixels.
    func place(of index: Int) -> (x: Int, y: Int) {
        (index % stride - RidgePlane.margin, index / stride - RidgePlane.margin)
    }
}
