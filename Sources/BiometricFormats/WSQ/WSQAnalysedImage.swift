import EnrolmentCore

/// An image after the wavelet transform, ready to be quantised at any rate.
struct WSQAnalysedImage {
    let frame: WSQFrame
    private let pixelsPerInch: Int?
    private let layout: WSQLayout
    private let plane: FloatPlane
    private let variances: [Double]

    init(_ image: GrayImage) {
        let range = Self.range(image.pixels)
        let scale = max(range.mean - range.least, range.greatest - range.mean) / 128
        frame = WSQFrame(
            black: 0, white: 255, height: image.height, width: image.width, shift: WSQScaledNumber(range.mean),
            scale: WSQScaledNumber(scale), encoderVersion: 2, softwareNumber: 0)
        pixelsPerInch = image.pixelsPerInch
        layout = WSQLayout(width: image.width, height: image.height)
        guard scale > 0 else {
            // One grey value: the shift says it all.
            plane = FloatPlane(width: 1, height: 1)
            variances = []
            return
        }
        plane = FloatPlane(width: image.width, height: image.height)
        // With the exact numbers, not the stored ones, here and for the bins: so does the reference encoder,
        // and certification compares with that one.
        let offset = Float(range.mean)
        let factor = 1 / Float(scale)
        let target = plane.base
        image.pixels.withUnsafeBufferPointer { pixels in
            for index in pixels.indices { target[index] = (Float(pixels[index]) - offset) * factor }
        }
        WaveletAnalysis(plane, filters: .standard).run(layout.regions)
        variances = WSQBinAllocation.variances(of: plane, layout.bands)
    }

    /// The bin width of each coded band; none for an image of one grey value.
    func binWidths(bitRate: Double) -> [Double] {
        variances.isEmpty ? [] : WSQBinAllocation.widths(variances, bitRate: bitRate)
    }

    /// The three blocks of coefficients as symbols.
    func blocks(_ widths: [Double]) -> [WSQBlockCoder] {
        WSQLayout.blocks.map { bands in
            let coded = widths.isEmpty ? [] : bands.filter { widths[$0] > 0 }
            let count = coded.reduce(0) { $0 + layout.bands[$1].area }
            return withUnsafeTemporaryAllocation(of: Int16.self, capacity: max(1, count)) { coefficients in
                var offset = 0
                for band in coded {
                    quantise(layout.bands[band], widths[band], into: coefficients, at: &offset)
                }
                return WSQBlockCoder(UnsafeBufferPointer(rebasing: coefficients[..<count]))
            }
        }
    }

    private func quantise(
        _ region: WSQRegion, _ width: Double, into coefficients: UnsafeMutableBufferPointer<Int16>,
        at offset: inout Int
    ) {
        guard let start = coefficients.baseAddress else { return }
        let perBin = Float(1 / width)
        let halfZero = Float(0.6 * width)
        for y in 0..<region.height {
            let row = plane.row(region.y + y) + region.x
            let target = start + offset
            for x in 0..<region.width {
                let value = row[x]
                let beyond = abs(value) - halfZero
                guard beyond > 0 else {
                    target[x] = 0
                    continue
                }
                // 16 extra bits would carry more, but decoders keep coefficients in a signed short.
                let level = Int16(min(beyond * perBin + 1, 32767))
                target[x] = value < 0 ? -level : level
            }
            offset += region.width
        }
    }

    /// The text of the comment by which NIST's tools recognise the picture.
    func description(bitRate: Double) -> String {
        // The rates below 0, by which bins become coarser than any rate asks for, have no meaning elsewhere.
        let millionths = Int((max(0, bitRate) * 1_000_000).rounded())
        let fraction = String(millionths % 1_000_000)
        let rate = "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - fraction.count) + fraction
        return [
            "NIST_COM 9", "PIX_WIDTH \(frame.width)", "PIX_HEIGHT \(frame.height)", "PIX_DEPTH 8",
            "PPI \(pixelsPerInch ?? -1)", "LOSSY 1", "COLORSPACE GRAY", "COMPRESSION WSQ", "WSQ_BITRATE \(rate)",
        ].joined(separator: "\n")
    }

    private static func range(_ pixels: [UInt8]) -> (mean: Double, least: Double, greatest: Double) {
        var sum: UInt64 = 0
        var least: UInt8 = 255
        var greatest: UInt8 = 0
        pixels.withUnsafeBufferPointer { pixels in
            for pixel in pixels {
                sum &+= UInt64(pixel)
                least = min(least, pixel)
                greatest = max(greatest, pixel)
            }
        }
        return (Double(sum) / Double(pixels.count), Double(least), Double(greatest))
    }
}
