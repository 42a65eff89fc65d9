import CTurboJPEG
package import EnrolmentCore

/// Reads and writes JPEG files with libjpeg-turbo.
///
/// Through its TurboJPEG interface alone: the libjpeg interface reports errors by longjmp, which must
/// not cross Swift code. Every call makes its own codec handle, so a codec may be used from any thread.
package struct JPEGCodec: Sendable {
    /// What a file may ask for.
    package struct Limits: Hashable, Sendable {
        /// The product of the sides; the default holds any camera of up to 60 megapixels.
        package let maximumPixelCount: Int
        package let maximumScanCount: Int

        package init(maximumPixelCount: Int = 60_000_000, maximumScanCount: Int = 20) {
            self.maximumPixelCount = maximumPixelCount
            self.maximumScanCount = maximumScanCount
        }
    }

    /// A smaller picture, made while decoding and much cheaper than decoding the whole.
    package enum Scale: Int, CaseIterable, Sendable {
        case full = 1
        case half = 2
        case quarter = 4
        case eighth = 8

        func applied(to side: Int) -> Int { (side + rawValue - 1) / rawValue }
    }

    private let limits: Limits
    private let acceptsDamage: Bool

    /// - Parameter acceptsDamage: whether a picture with damaged parts is given as far as it goes. Good for a
    ///   preview, since some cameras' frames always have stray bytes; a picture to keep must be whole.
    package init(limits: Limits = Limits(), acceptsDamage: Bool = false) {
        self.limits = limits
        self.acceptsDamage = acceptsDamage
    }

    /// Size, kind and density, without decoding the picture; the limits do not apply.
    package func header(of bytes: [UInt8]) throws(JPEGError) -> JPEGHeader {
        try JPEGHeader(bytes)
    }

    /// The picture, turned upright where its EXIF segment says how.
    package func decodeRGB(_ bytes: [UInt8], scale: Scale = .full) throws(JPEGError) -> RGBImage {
        let picture = try decode(bytes, scale, format: TJPF_RGB, channels: 3)
        return RGBImage(width: picture.width, height: picture.height, pixels: picture.pixels)
    }

    /// The luminance of the picture, turned upright where its EXIF segment says how.
    package func decodeGray(_ bytes: [UInt8], scale: Scale = .full) throws(JPEGError) -> GrayImage {
        let picture = try decode(bytes, scale, format: TJPF_GRAY, channels: 1)
        return GrayImage(
            width: picture.width, height: picture.height, pixels: picture.pixels,
            pixelsPerInch: scale == .full ? picture.pixelsPerInch : nil)
    }

    private struct Picture {
        let width: Int
        let height: Int
        let pixels: [UInt8]
        let pixelsPerInch: Int?
    }

    private func decode(
        _ bytes: [UInt8], _ scale: Scale, format: TJPF, channels: Int
    ) throws(JPEGError) -> Picture {
        let header = try checkedHeader(bytes)
        guard let handle = tjInitDecompress() else { throw .damaged("no memory for the codec") }
        defer { tjDestroy(handle) }
        var width: Int32 = 0
        var height: Int32 = 0
        var subsampling: Int32 = 0
        var colours: Int32 = 0
        guard
            tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colours) == 0
        else { throw Self.error(handle) }
        // Two readers of one header must agree, or the second saw what the first did not check.
        guard Int(width) == header.width, Int(height) == header.height else { throw .damaged("size") }
        let target = (width: scale.applied(to: header.width), height: scale.applied(to: header.height))
        let flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS | (acceptsDamage ? 0 : TJFLAG_STOPONWARNING)
        var isDone = false
        let count = target.width * target.height * channels
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { output, initialised in
            if acceptsDamage { output.initialize(repeating: 128) }
            let status = tjDecompress2(
                handle, bytes, UInt(bytes.count), output.baseAddress, Int32(target.width), 0, Int32(target.height),
                Int32(format.rawValue), flags)
            // A mere warning gives -1 too, with the picture decoded.
            isDone = status == 0 || (acceptsDamage && tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue))
            initialised = isDone ? count : 0
        }
        guard isDone else { throw Self.error(handle) }
        let isTurned = header.orientation.swapsSides
        return Picture(
            width: isTurned ? target.height : target.width, height: isTurned ? target.width : target.height,
            pixels: header.orientation.upright(
                pixels, width: target.width, height: target.height, channels: channels),
            pixelsPerInch: header.pixelsPerInch)
    }

    private func checkedHeader(_ bytes: [UInt8]) throws(JPEGError) -> JPEGHeader {
        let header = try JPEGHeader(bytes)
        guard header.width * header.height <= limits.maximumPixelCount else {
            throw .tooLarge(width: header.width, height: header.height)
        }
        // A block of 64 pixels takes at least a bit.
        guard acceptsDamage || header.width * header.height <= 1024 * bytes.count else { throw .truncated }
        guard header.scanCount <= limits.maximumScanCount else { throw .tooManyScans(header.scanCount) }
        guard header.componentCount == 1 || header.componentCount == 3 else {
            throw .unsupported("\(header.componentCount) components")
        }
        return header
    }

    static func error(_ handle: tjhandle?) -> JPEGError {
        guard let text = tjGetErrorStr2(handle) else { return .damaged("unknown") }
        let detail = String(cString: text)
        return detail.contains("remature end") ? .truncated : .damaged(detail)
    }
}
