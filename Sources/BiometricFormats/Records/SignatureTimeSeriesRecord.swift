package import EnrolmentCore

/// A signature as a time series, in the full format of ISO/IEC 19794-7:2007.
///
/// Written are the channels X, Y (hundredths of a millimetre), T (thousandths of a second, coarser for
/// a signature of more than 65 s), F (the pad's own pressure units) and S (pen down). After each stroke
/// stands one point with the pen up, at the place where it was lifted, so that strokes stay apart. Y is
/// kept as the pad counts it, downwards from the top.
package struct SignatureTimeSeriesRecord: Hashable, Sendable {
    /// Strokes as `SignatureSample` has them.
    package let strokes: [[PenPoint]]
    /// After reading: hundredths of a millimetre, so the maximum and the width are the same.
    package let geometry: PadGeometry

    package init(strokes: [[PenPoint]], geometry: PadGeometry) {
        self.strokes = strokes
        self.geometry = geometry
    }

    package init(_ sample: SignatureSample) {
        self.init(strokes: sample.strokes, geometry: sample.geometry)
    }
}
