/// The width of the quantiser's bins, band by band, as the file stores it.
struct WSQQuantisation: Hashable {
    /// Where inside its bin a value is restored, from 0 to 1 from the outer edge.
    let centre: WSQScaledNumber
    /// A bin and a zero bin for each of 64 bands; a bin of 0 means that the band is not coded.
    let bins: [WSQScaledNumber]
    let zeroBins: [WSQScaledNumber]

    /// The number of bands that the segment describes; the last four are never coded.
    static let storedBandCount = 64
    static let standardCentre = WSQScaledNumber(exponent: 2, mantissa: 44)

    init(centre: WSQScaledNumber, bins: [WSQScaledNumber], zeroBins: [WSQScaledNumber]) {
        self.centre = centre
        self.bins = bins
        self.zeroBins = zeroBins
    }

    /// The standard table from bin widths for the coded bands.
    init(widths: [Double]) {
        let padded = widths + [Double](repeating: 0, count: Self.storedBandCount - widths.count)
        centre = Self.standardCentre
        bins = padded.map { WSQScaledNumber($0) }
        zeroBins = padded.map { WSQScaledNumber(1.2 * $0) }
    }

    func isCoded(_ band: Int) -> Bool { Float(bins[band].value) > 0 }
}
