/// Noise that changes slowly from place to place, about -1 to 1.
struct SmoothNoise: Hashable {
    private let cell: Float
    private let across: Int
    private let half: Float
    private let values: [Float]

    /// - Parameters:
    ///   - cell: over how many pixels it changes.
    ///   - side: it covers this many pixels around the middle and goes on evenly beyond.
    init(cell: Int, side: Int, using random: inout EmulationSeed) {
        self.cell = Float(cell)
        half = Float(side) / 2
        let across = side / cell + 3
        self.across = across
        values = (0..<across * across).map { _ in Float(Int64(random.next() & 0xFFFF) - 0x8000) / 0x8000 }
    }

    /// - Parameter place: from the middle.
    func value(at place: (x: Float, y: Float)) -> Float {
        let x = min(Float(across) - 1.001, max(0, (place.x + half) / cell))
        let y = min(Float(across) - 1.001, max(0, (place.y + half) / cell))
        let (column, row) = (Int(x), Int(y))
        // Eased, so that no grid shows.
        let (u, v) = (x - Float(column), y - Float(row))
        let right = u * u * (3 - 2 * u)
        let low = v * v * (3 - 2 * v)
        let index = row * across + column
        let upper = values[index] * (1 - right) + values[index + 1] * right
        let lower = values[index + across] * (1 - right) + values[index + across + 1] * right
        return upper * (1 - low) + lower * low
    }
}
