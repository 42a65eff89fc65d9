import CTurboJPEG
package import EnrolmentCore

extension JPEGCodec {
    /// How much of the colour resolution is kept.
    package enum Subsampling: Sendable {
        /// All of it: the choice for a portrait.
        case none
        /// A quarter, as cameras do; the file is about a sixth shorter.
        case quarter
    }

    /// A baseline JPEG file without metadata but its density.
    ///
    /// - Parameter quality: 1 to 100; 90 keeps a portrait free of visible artefacts.
    /// - Throws: `.invalidSetting` for a quality or density out of range, `.tooLarge` above 65500 pixels a side.
    package func encode(
        _ image: RGBImage, quality: Int = 90, pixelsPerInch: Int = 300, subsampling: Subsampling = .none
    ) throws(JPEGError) -> [UInt8] {
        try encode(
            image.pixels, image.width, image.height, TJPF_RGB, subsampling == .none ? TJSAMP_444 : TJSAMP_420,
            quality, pixelsPerInch)
    }

    /// A baseline grey JPEG file; the density is that of the image, 300 where it has none.
    package func encode(_ image: GrayImage, quality: Int = 90) throws(JPEGError) -> [UInt8] {
        try encode(
            image.pixels, image.width, image.height, TJPF_GRAY, TJSAMP_GRAY, quality, image.pixelsPerInch ?? 300)
    }

    /// The file of the best quality that takes at most `byteCount` bytes.
    ///
    /// - Parameter qualities: tried from the top; below 75 a portrait suffers, so less is refused by default.
    /// - Throws: `.cannotReach` when the least of the qualities still takes more.
    package func encode(
        _ image: RGBImage, atMost byteCount: Int, qualities: ClosedRange<Int> = 75...95, pixelsPerInch: Int = 300,
        subsampling: Subsampling = .none
    ) throws(JPEGError) -> [UInt8] {
        var best: [UInt8]?
        var low = qualities.lowerBound
        var high = qualities.upperBound
        while low <= high {
            let middle = (low + high + 1) / 2
            let file = try encode(
                image, quality: middle, pixelsPerInch: pixelsPerInch, subsampling: subsampling)
            if file.count <= byteCount {
                best = file
                low = middle + 1
            } else {
                high = middle - 1
            }
        }
        guard let best else { throw .cannotReach(byteCount: byteCount) }
        return best
    }

    private func encode(
        _ pixels: [UInt8], _ width: Int, _ height: Int, _ format: TJPF, _ subsampling: TJSAMP, _ quality: Int,
        _ pixelsPerInch: Int
    ) throws(JPEGError) -> [UInt8] {
        guard (1...100).contains(quality), (1...65535).contains(pixelsPerInch) else { throw .invalidSetting }
        guard width <= 65500, height <= 65500 else { throw .tooLarge(width: width, height: height) }
        guard let handle = tjInitCompress() else { throw .damaged("no memory for the codec") }
        defer { tjDestroy(handle) }
        let bound = tjBufSize(Int32(width), Int32(height), Int32(subsampling.rawValue))
        guard bound != UInt.max else { throw .tooLarge(width: width, height: height) }
        var status: Int32 = -1
        var file = [UInt8](unsafeUninitializedCapacity: Int(bound)) { output, initialised in
            var target = output.baseAddress
            var length = bound
            status = tjCompress2(
                handle, pixels, Int32(width), 0, Int32(height), Int32(format.rawValue), &target, &length,
                Int32(subsampling.rawValue), Int32(quality), TJFLAG_ACCURATEDCT | TJFLAG_NOREALLOC)
            initialised = status == 0 ? Int(length) : 0
        }
        guard status == 0 else { throw Self.error(handle) }
        Self.setDensity(pixelsPerInch, in: &file)
        return file.trimmed
    }

    /// Writes the density over the 1:1 that TurboJPEG 2 puts into the JFIF segment.
    static func setDensity(_ pixelsPerInch: Int, in file: inout [UInt8]) {
        guard file.count >= 18, file[6..<11].elementsEqual("JFIF\0".utf8) else { return }
        file[13] = 1
        for offset in [14, 16] {
            file[offset] = UInt8(truncatingIfNeeded: pixelsPerInch >> 8)
            file[offset + 1] = UInt8(truncatingIfNeeded: pixelsPerInch)
        }
    }
}
