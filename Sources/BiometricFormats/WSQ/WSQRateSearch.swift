/// Looks for the rate at which a file just fits, by the lengths at the rates that were tried.
///
/// The length falls with the rate, nearly in a straight line over short ways and with steps where a band
/// is dropped. So the next rate lies where the line between the last too long and the last fitting file
/// meets the limit. Rates below 0 are no bits a pixel: the formula of the bin widths goes on to coarser bins.
struct WSQRateSearch {
    private let limit: Int
    /// A length from which on more trials gain nothing worth their time.
    private let goodEnough: Int
    private var tooLong: (rate: Double, count: Int)
    private var fitting: (rate: Double, count: Int)?
    private var step: Double
    private var trials = 0

    /// Where all but the strongest coefficients fall into the zero bin.
    private static let leastRate = -16.0
    private static let maximumTrials = 16

    /// - Parameter wholeCount: the length at `bitRate`, above `limit`.
    init(bitRate: Double, wholeCount: Int, limit: Int) {
        self.limit = limit
        goodEnough = limit - limit / 64
        tooLong = (bitRate, wholeCount)
        // To begin with, as if the length were proportional to the rate.
        step = bitRate * (1 - 0.97 * Double(max(0, limit)) / Double(wholeCount))
    }

    /// The rate to try; nil once the search is over.
    var next: Double? {
        guard trials < Self.maximumTrials else { return nil }
        guard let fitting else {
            return tooLong.rate > Self.leastRate ? max(Self.leastRate, tooLong.rate - step) : nil
        }
        guard fitting.count < goodEnough, tooLong.count > fitting.count else { return nil }
        let aim = Double(limit + goodEnough) / 2
        let share = (aim - Double(fitting.count)) / Double(tooLong.count - fitting.count)
        // Never right at an end: there the search would stand still.
        return fitting.rate + min(max(share, 0.05), 0.95) * (tooLong.rate - fitting.rate)
    }

    mutating func record(_ count: Int, at rate: Double) {
        trials += 1
        if count <= limit {
            fitting = (rate, count)
        } else {
            tooLong = (rate, count)
            step *= 2
        }
    }
}
