import EnrolmentCore

/// How the image data of a record are coded, apart from the numbers that the editions give to it.
enum PrintCoding {
    case raw, wsq, png, jpeg
    /// Bit-packed and JPEG 2000 data are carried, never looked into.
    case opaque

    /// The picture of a view.
    ///
    /// - Throws: `.unsupported(.compression)` for what is carried only, `.invalid(.imageData)` when the data are
    ///   no such picture, `.invalid(.imageSize)` when they disagree with the size that the view states.
    func picture(
        _ data: [UInt8], width: Int, height: Int, bitDepth: Int, sampling: PrintSampling
    ) throws(FingerImageRecordError) -> GrayImage {
        guard bitDepth == 8 else { throw .unsupported(.pixelDepth) }
        let image = try picture(data, width: width, height: height)
        guard image.width == width, image.height == height else { throw .invalid(.imageSize) }
        return GrayImage(
            width: width, height: height, pixels: image.pixels, pixelsPerInch: sampling.pixelsPerInch)
    }

    private func picture(_ data: [UInt8], width: Int, height: Int) throws(FingerImageRecordError) -> GrayImage {
        switch self {
        case .raw:
            guard width > 0, height > 0, data.count == width * height else { throw .invalid(.imageData) }
            return GrayImage(width: width, height: height, pixels: data)
        case .wsq:
            do { return try WSQDecoder().decode(data) } catch { throw .wsq(error) }
        case .png:
            do { return try PNGCodec().decodeGray(data) } catch { throw .invalid(.imageData) }
        case .jpeg:
            do { return try JPEGCodec().decodeGray(data) } catch { throw .invalid(.imageData) }
        case .opaque: throw .unsupported(.compression)
        }
    }
}

extension FingerSample {
    /// The picture as WSQ, compressed harder where that is needed to stay under `limit`.
    ///
    /// - Throws: `.unsupported(.resolution)` for an image known not to be 500 dpi, which WSQ requires.
    func compressed(_ encoder: WSQEncoder, atMost limit: Int) throws(FingerImageRecordError) -> [UInt8] {
        guard (image.pixelsPerInch ?? 500) == 500 else { throw .unsupported(.resolution) }
        do {
            return try encoder.encode(image, atMost: limit)
        } catch {
            throw .wsq(error)
        }
    }
}
