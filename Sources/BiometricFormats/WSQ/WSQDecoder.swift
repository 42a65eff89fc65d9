package import EnrolmentCore

/// Reads WSQ files: those of `WSQEncoder`, of NBIS and of certified encoders.
///
/// Segments may stand in any order that the format allows, a table may come twice, comments may
/// stand anywhere, and the end marker may be missing. Hostile bytes give an error: memory follows
/// what the data really hold, up to the limits, about 10 bytes a pixel while decoding.
package struct WSQDecoder: Sendable {
    /// What a file may ask for.
    package struct Limits: Hashable, Sendable {
        /// The product of the sides; the default, 4096 x 4096, holds a ten-print card at 500 dpi.
        package let maximumPixelCount: Int

        package init(maximumPixelCount: Int = 4096 * 4096) {
            self.maximumPixelCount = maximumPixelCount
        }
    }

    private let limits: Limits

    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Size, origin and comments, without decoding the picture.
    package func header(of bytes: [UInt8]) throws(WSQError) -> WSQHeader {
        let file = try WSQFile(bytes, headerOnly: true, limits: limits)
        guard let frame = file.frame else { throw .missingSegment(.frame) }
        return WSQHeader(frame, comments: file.comments)
    }

    /// The picture; its resolution is that of the `NIST_COM` comment, or 500 without one.
    package func decode(_ bytes: [UInt8]) throws(WSQError) -> GrayImage {
        try picture(of: bytes).image
    }

    /// The picture, together with the encoder's numbers and every comment of the file.
    package func picture(of bytes: [UInt8]) throws(WSQError) -> WSQPicture {
        let file = try WSQFile(bytes, headerOnly: false, limits: limits)
        guard let frame = file.frame else { throw .missingSegment(.frame) }
        guard let filters = file.filters else { throw .missingSegment(.transform) }
        guard let quantisation = file.quantisation, let coefficients = file.coefficients else {
            throw .missingSegment(.quantisation)
        }
        let pixels: [UInt8]
        if coefficients.total == 0 {
            let value = Self.pixel(Float(frame.shift.value))
            pixels = [UInt8](repeating: value, count: frame.width * frame.height)
        } else {
            let layout = WSQLayout(width: frame.width, height: frame.height)
            let plane = FloatPlane(width: frame.width, height: frame.height)
            Self.place(coefficients, quantisation, layout, in: plane)
            WaveletSynthesis(plane, filters: filters).run(layout.regions)
            pixels = Self.pixels(plane, shift: Float(frame.shift.value), scale: Float(frame.scale.value))
        }
        let header = WSQHeader(frame, comments: file.comments)
        return WSQPicture(
            image: GrayImage(
                width: frame.width, height: frame.height, pixels: pixels, pixelsPerInch: header.pixelsPerInch),
            header: header)
    }

    /// Restores each coefficient to the value that its bin stands for.
    private static func place(
        _ coefficients: WSQCoefficients, _ quantisation: WSQQuantisation, _ layout: WSQLayout, in plane: FloatPlane
    ) {
        let centre = Float(quantisation.centre.value)
        coefficients.entries.withUnsafeBufferPointer { entries in
            guard let first = entries.first else { return }
            var next = 0
            var position = WSQCoefficients.zeros(first)
            var bandStart = 0
            for (band, region) in layout.bands.enumerated() where quantisation.isCoded(band) {
                let bin = Float(quantisation.bins[band].value)
                let halfZero = Float(quantisation.zeroBins[band].value) / 2
                let bandEnd = bandStart + region.area
                var rowStart = bandStart
                var row = plane.row(region.y) + region.x
                while position < bandEnd {
                    while position >= rowStart + region.width {
                        rowStart += region.width
                        row += plane.width
                    }
                    let level = WSQCoefficients.value(entries[next])
                    let outer = (Float(level.magnitude) - centre) * bin + halfZero
                    row[position - rowStart] = level == 0 ? 0 : level < 0 ? -outer : outer
                    next += 1
                    guard next < entries.count else { return }
                    position += 1 + WSQCoefficients.zeros(entries[next])
                }
                bandStart = bandEnd
            }
        }
    }

    private static func pixels(_ plane: FloatPlane, shift: Float, scale: Float) -> [UInt8] {
        let count = plane.width * plane.height
        let values = UnsafePointer(plane.base)
        return [UInt8](unsafeUninitializedCapacity: count) { output, initialised in
            if let output = output.baseAddress {
                for index in 0..<count { output[index] = pixel(values[index] * scale + shift) }
            }
            initialised = count
        }
    }

    /// Rounds half up into 0 to 255; what is no number becomes 0.
    ///
    /// Without a conversion to an integer, which would have to be checked and so could not be vectorised.
    @inline(__always)
    private static func pixel(_ value: Float) -> UInt8 {
        let atLeast0: Float = value > 0 ? value : 0
        let clamped: Float = atLeast0 < 255 ? atLeast0 : 255
        // In this range the last bit of a Float is worth 1, so the sum is rounded to a whole number, ties to even.
        let whole: Float = 8_388_608
        let rounded = (clamped + whole) - whole
        let up: Float = clamped - rounded == 0.5 ? 1 : 0
        return UInt8(truncatingIfNeeded: (rounded + up + whole).bitPattern)
    }
}
