import Glibc

/// Chooses the bin widths from the band variances and the wanted bit rate.
enum WSQBinAllocation {
    /// Below this variance a band is not coded.
    private static let leastVariance = 1.01
    /// Below this sum over bands 0 to 3 the middle of a band says too little about it.
    private static let leastCentralSum = 20_000.0

    /// The widest bin whose zero bin the file can still store.
    private static let widest = 54_000.0
    /// A bin that costs less than rounding to whole grey values does.
    ///
    /// A picture with little in few bands, such as a slow ramp, has bits to spare, and the formula gives it bins of
    /// 10⁻¹⁶, in which no coefficient fits 16 bits any more: NBIS loses such a picture.
    private static let narrowest = 0.25

    /// The variance of each coded band, from its middle part, or from all of it in a flat picture.
    static func variances(of plane: FloatPlane, _ bands: [WSQRegion]) -> [Double] {
        let variances = bands.map { variance(of: plane, middle(of: $0), whole: $0) }
        guard variances[0..<4].reduce(0, +) < leastCentralSum else { return variances }
        return bands.map { variance(of: plane, $0, whole: $0) }
    }

    /// The bin width of each band; 0 for a band that is dropped.
    ///
    /// - Parameter bitRate: bits a pixel, 0.75 for about 15:1.
    static func widths(_ variances: [Double], bitRate: Double) -> [Double] {
        let relative = variances.enumerated().map { band, variance in
            variance < leastVariance ? 0 : relativeWidth(band, variance)
        }
        let coded = relative.indices.filter { relative[$0] > 0 }
        var kept = coded
        var scale = 1.0
        while !kept.isEmpty {
            var share = 0.0
            var logProduct = 0.0
            for band in kept {
                share += rateShare(band)
                logProduct += rateShare(band) * log(variances[band].squareRoot() / relative[band])
            }
            scale = exp2(bitRate / share - 1) / 2.5 / exp(logProduct / share)
            // A band whose bins would be wider than its spread gets no bits, so the others share them.
            let next = kept.filter { relative[$0] / scale < 5 * variances[$0].squareRoot() }
            if next.count == kept.count { break }
            kept = next
        }
        return relative.map { $0 > 0 ? min(max($0 / scale, narrowest), widest) : 0 }
    }

    private static func middle(of band: WSQRegion) -> WSQRegion {
        WSQRegion(
            x: band.x + band.width / 8, y: band.y + 9 * band.height / 32, width: 3 * band.width / 4,
            height: 7 * band.height / 16, rowsInverted: false, columnsInverted: false)
    }

    private static func variance(of plane: FloatPlane, _ part: WSQRegion, whole: WSQRegion) -> Double {
        guard part.area > 1 else {
            if part != whole { return variance(of: plane, whole, whole: whole) }
            // One coefficient has no spread, yet a large one must not be lost: take its square.
            guard part.area == 1 else { return 0 }
            let only = Double(plane.row(part.y)[part.x])
            return only * only
        }
        var sum = 0.0
        var squares = 0.0
        for y in 0..<part.height {
            let row = plane.row(part.y + y) + part.x
            var rowSum: SIMD4<Float> = .zero
            var rowSquares: SIMD4<Float> = .zero
            var x = 0
            while x &+ 4 <= part.width {
                let values = SIMD4(row[x], row[x &+ 1], row[x &+ 2], row[x &+ 3])
                rowSum += values
                rowSquares += values * values
                x &+= 4
            }
            while x < part.width {
                rowSum[0] += row[x]
                rowSquares[0] += row[x] * row[x]
                x &+= 1
            }
            sum += Double(rowSum.sum())
            squares += Double(rowSquares.sum())
        }
        let count = Double(part.area)
        return max(0, (squares - sum * sum / count) / (count - 1))
    }

    /// The bin width before the common scale.
    private static func relativeWidth(_ band: Int, _ variance: Double) -> Double {
        guard band >= 4 else { return 1 }
        let weights = [1.32, 1.08, 1.42, 1.08, 1.32, 1.42, 1.08, 1.08]
        return 10 / ((band < 52 ? 1 : weights[band - 52]) * log(variance))
    }

    /// The share of the picture's coefficients that lies in the band.
    private static func rateShare(_ band: Int) -> Double {
        switch band {
        case ..<4: 1.0 / 1024
        case ..<51: 1.0 / 256
        default: 1.0 / 16
        }
    }
}
