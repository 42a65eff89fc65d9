/// For each place of a finger the kind of ridge that grows there: its direction, and its distance from the next.
///
/// Places are cells of two pixels of 1/500 inch; ridges are some four and a half cells apart.
struct RidgeFlow {
    /// Directions are rounded to this many over half a turn.
    static let directions = 60
    /// Distances are rounded to this many.
    static let spacings = 7
    /// Pixels of 1/500 inch in a cell.
    static let cell = 2

    let width: Int
    let height: Int
    /// For each cell: direction times `spacings` plus spacing.
    let kinds: [UInt16]
    /// Cells from ridge to ridge, for each spacing.
    let periods: [Float]

    init(pattern: RidgePattern, width: Int, height: Int, using random: inout EmulationSeed) {
        self.width = width
        self.height = height
        let directions = RidgeDirections(pattern, using: &random)
        let base = Float.random(in: 8.2...9.7, using: &random) / Float(Self.cell)
        periods = (0..<Self.spacings).map { base * (0.85 + 0.05 * Float($0)) }
        let side = max(width, height) * Self.cell
        let wobble = SmoothNoise(cell: 80, side: side, using: &random)
        let stretch = SmoothNoise(cell: 55, side: side, using: &random)
        var kinds = [UInt16](repeating: 0, count: width * height)
        for row in 0..<height {
            for column in 0..<width {
                let place = (x: Float((column - width / 2) * Self.cell), y: Float((row - height / 2) * Self.cell))
                let angle = directions.angle(x: place.x, y: -place.y) + 0.2 * wobble.value(at: place)
                let turn = angle / .pi
                let share = (turn - turn.rounded(.down)) * Float(Self.directions)
                let direction = Int(share.rounded()) % Self.directions
                // Ridges lie further apart below the core.
                let spread = 3 + 2.2 * stretch.value(at: place) + 1.6 * place.y / 200
                let spacing = min(Self.spacings - 1, max(0, Int(spread.rounded())))
                kinds[row * width + column] = UInt16(direction * Self.spacings + spacing)
            }
        }
        self.kinds = kinds
    }
}
