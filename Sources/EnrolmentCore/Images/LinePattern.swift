import Glibc

/// Parallel lines at even distances in a picture, as a wave that stands across them.
struct LinePattern {
    /// Cycles a pixel along the rows and along the columns.
    let horizontal: Double
    let vertical: Double
    /// How far `horizontal` may be off, as a share of it: twice the standard error over strips of the
    /// picture, so that bent optics count too.
    let uncertainty: Double

    private static let strips = 6
    /// An even wave has nearly all of the power near it; ridges, text and noise have it all over.
    private static let leastShare = 0.5
    /// Of all that varies in the picture, the part that is this wave. Lines a tenth as wide as their distance
    /// on a third of the glass give more; what a coarser wave leaks into its neighbourhood is less.
    private static let leastPart = 0.005
    private static let leastAgreeingStrips = 3
    private static let greatestDisagreement = 0.015
    /// What the method itself may be off.
    private static let floor = 0.0005

    /// Finds the lines that stand more or less upright.
    ///
    /// - Parameters:
    ///   - period: their expected distance in pixels; up to a third more or less is found.
    ///   - slope: how much `vertical` may be at most, as a part of `horizontal`.
    /// - Returns: nil without a clear period.
    init?(in image: GrayImage, period: Double, slope: Double) {
        let spectrum = PictureSpectrum(of: image)
        let expected = 1 / period
        let (stepAcross, stepDown) = (0.5 / Double(image.width), 0.5 / Double(image.height))
        let across = stride(from: expected * 0.68, through: expected * 1.45, by: stepAcross).map { $0 }
        let limit = expected * slope + 4 * stepDown
        let down = stride(from: -limit, through: limit, by: stepDown).map { $0 }
        guard across.count > 2, down.count > 2 else { return nil }
        let powers = across.map { u in
            let rows = spectrum.rows(at: u)
            return down.map { spectrum.power(rows, at: $0) }
        }
        guard let peak = Self.peak(in: powers), Self.share(of: peak, in: powers) >= Self.leastShare else { return nil }
        var (u, v) = (across[peak.column], down[peak.row])
        for round in 1...6 {
            let size = pow(0.5, Double(round))
            (u, v) = Self.refined(u, v, by: (2 * stepAcross * size, 2 * stepDown * size), in: spectrum)
        }
        guard spectrum.part(ofWaveAt: u, v) >= Self.leastPart else { return nil }
        let found = Self.strips(around: u, v, step: stepAcross / 4, in: spectrum)
        guard found.count >= Self.leastAgreeingStrips else { return nil }
        (horizontal, vertical) = (u, v)
        let mean = found.reduce(0, +) / Double(found.count)
        let variance = found.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(found.count - 1)
        uncertainty = max(Self.floor, 2 * (variance / Double(found.count)).squareRoot() / u)
    }

    private static func peak(in powers: [[Double]]) -> (column: Int, row: Int)? {
        var best = (column: 0, row: 0)
        for (column, line) in powers.enumerated() {
            for (row, power) in line.enumerated() where power > powers[best.column][best.row] { best = (column, row) }
        }
        // A peak at the edge of what is searched is the flank of one outside.
        let isInside = best.column > 0 && best.column < powers.count - 1
        return isInside && powers[best.column][best.row] > 0 ? best : nil
    }

    /// How much of the power lies near the peak: the window spreads a wave over two bins each way.
    private static func share(of peak: (column: Int, row: Int), in powers: [[Double]]) -> Double {
        var (near, all) = (0.0, 0.0)
        for (column, line) in powers.enumerated() {
            for (row, power) in line.enumerated() {
                all += power
                if abs(column - peak.column) <= 4, abs(row - peak.row) <= 4 { near += power }
            }
        }
        return near / all
    }

    /// One step towards the top of the peak, by parabolas through three points each way.
    private static func refined(
        _ u: Double, _ v: Double, by step: (Double, Double), in spectrum: PictureSpectrum
    ) -> (Double, Double) {
        let middle = spectrum.rows(at: u)
        let across = [u - step.0, u + step.0].map { spectrum.power(spectrum.rows(at: $0), at: v) }
        let down = [v - step.1, v, v + step.1].map { spectrum.power(middle, at: $0) }
        return (
            u + step.0 * vertex(across[0], down[1], across[1]), v + step.1 * vertex(down[0], down[1], down[2])
        )
    }

    /// Where a parabola through three even points has its top, in their distance; within 1 of the middle.
    private static func vertex(_ left: Double, _ middle: Double, _ right: Double) -> Double {
        let (a, b, c) = (log(max(left, 1e-9)), log(max(middle, 1e-9)), log(max(right, 1e-9)))
        let bend = a - 2 * b + c
        guard bend < 0 else { return a > c ? -1 : 1 }
        return min(1, max(-1, (a - c) / (2 * bend)))
    }

    /// The wave in each strip of rows that has it.
    private static func strips(
        around u: Double, _ v: Double, step: Double, in spectrum: PictureSpectrum
    ) -> [Double] {
        let places = (-16...16).map { u + Double($0) * step }
        let rows = places.map { spectrum.rows(at: $0) }
        return (0..<strips).compactMap { strip in
            let part = spectrum.height * strip / strips..<spectrum.height * (strip + 1) / strips
            let powers = rows.map { spectrum.power($0, at: v, in: part) }
            guard let top = powers.indices.max(by: { powers[$0] < powers[$1] }), top > 0, top < powers.count - 1
            else { return nil }
            let found = places[top] + step * vertex(powers[top - 1], powers[top], powers[top + 1])
            return abs(found / u - 1) <= greatestDisagreement ? found : nil
        }
    }
}

/// The Fourier transform of a picture at any place, under a Hann window.
struct PictureSpectrum {
    let width: Int
    let height: Int
    private let samples: [Float]
    private let windowDown: [Float]
    private let windowSum: Double
    private let variance: Double

    init(of image: GrayImage) {
        width = image.width
        height = image.height
        let mean = Float(image.pixels.reduce(0) { $0 + Int($1) }) / Float(image.pixels.count)
        let across = Self.window(width)
        var samples = [Float](repeating: 0, count: width * height)
        for y in 0..<height {
            for x in 0..<width { samples[y * width + x] = (Float(image.pixels[y * width + x]) - mean) * across[x] }
        }
        self.samples = samples
        let down = Self.window(height)
        windowDown = down
        windowSum = Double(across.reduce(0, +)) * Double(down.reduce(0, +))
        var energy = 0.0
        for y in 0..<height {
            var line: Float = 0
            for x in 0..<width { line += samples[y * width + x] * samples[y * width + x] }
            energy += Double(line * down[y] * down[y])
        }
        let squares = across.reduce(0) { $0 + $1 * $1 } * down.reduce(0) { $0 + $1 * $1 }
        variance = max(1e-9, energy / Double(squares))
    }

    /// Which part of the picture's variance the wave at this place makes up.
    func part(ofWaveAt u: Double, _ v: Double) -> Double {
        let amplitude = 2 * power(rows(at: u), at: v).squareRoot() / windowSum
        return amplitude * amplitude / 2 / variance
    }

    private static func window(_ count: Int) -> [Float] {
        (0..<count).map { place in
            let turn = 2 * Double.pi * (Double(place) + 0.5) / Double(count)
            return Float(0.5 - 0.5 * cos(turn))
        }
    }

    /// Each row's own transform at `u` cycles a pixel.
    func rows(at u: Double) -> [SIMD2<Float>] {
        let wave = Self.wave(u, 0..<width)
        return (0..<height).map { y in
            var sum = SIMD2<Float>()
            for x in 0..<width { sum += wave[x] * samples[y * width + x] }
            return sum
        }
    }

    /// The power at `v` cycles a pixel down, of all rows or of a strip of them.
    func power(_ rows: [SIMD2<Float>], at v: Double, in strip: Range<Int>? = nil) -> Double {
        let strip = strip ?? 0..<height
        let window = strip.count == height ? windowDown : Self.window(strip.count)
        let wave = Self.wave(v, strip)
        var sum = SIMD2<Float>()
        for (index, y) in strip.enumerated() {
            let (row, turn) = (rows[y] * window[index], wave[index])
            sum += SIMD2(row.x * turn.x - row.y * turn.y, row.x * turn.y + row.y * turn.x)
        }
        return Double((sum * sum).sum())
    }

    private static func wave(_ frequency: Double, _ places: Range<Int>) -> [SIMD2<Float>] {
        places.map { place in
            let turn = 2 * Double.pi * frequency * Double(place)
            return SIMD2(Float(cos(turn)), Float(-sin(turn)))
        }
    }
}
