/// The roughness of skin, grain by grain, about -1 to 1: a tile that repeats every 256 pixels.
struct FingerGrain {
    private static let side = 256
    private let values: [Float]

    init(using random: inout EmulationSeed) {
        var values: [Float] = []
        values.reserveCapacity(Self.side * Self.side)
        for _ in 0..<Self.side * Self.side / 4 {
            let bits = random.next()
            for part in 0..<UInt64(4) { values.append(Float(bits >> (part * 16) & 0xFFFF) / 0x8000 - 1) }
        }
        // Twice as high, for what mixing takes away.
        self.values = Self.mixed(Self.mixed(values, step: 1), step: Self.side).map { $0 * 2 }
    }

    /// - Parameter place: in pixels, however far from the middle.
    func value(at place: (x: Float, y: Float)) -> Float {
        values[(Int(place.y) & (Self.side - 1)) * Self.side + (Int(place.x) & (Self.side - 1))]
    }

    /// Each value with a quarter from each side; the tile goes on at its other end.
    private static func mixed(_ values: [Float], step: Int) -> [Float] {
        let mask = values.count - 1
        return values.indices.map {
            0.25 * (values[($0 - step) & mask] + values[($0 + step) & mask]) + 0.5 * values[$0]
        }
    }
}
