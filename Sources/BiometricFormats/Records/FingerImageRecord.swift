package import EnrolmentCore

/// Finger images with their positions, as ISO/IEC 19794-4:2005 packs them.
///
/// The 2005 edition is the one that ICAO Doc 9303 and BSI TR-03121 use. Numbers are big-endian; a
/// header of 32 bytes is followed by one view a finger, each with 14 bytes of its own before the image.
package struct FingerImageRecord: Hashable, Sendable {
    /// How the image data of all views are coded (ISO/IEC 19794-4:2005 table 6).
    package enum Compression: UInt8, Sendable {
        case none = 0
        case bitPacked, wsq, jpeg, jpeg2000, png
    }

    /// One image of one finger.
    package struct View: Hashable, Sendable {
        package let position: FingerPosition
        package let impression: ImpressionType
        /// 0 to 100; nil is stored as 254, not measured.
        package let quality: Int?
        package let width: Int
        package let height: Int
        package let imageData: [UInt8]

        package init(
            position: FingerPosition, impression: ImpressionType, quality: Int?, width: Int, height: Int,
            imageData: [UInt8]
        ) {
            self.position = position
            self.impression = impression
            self.quality = quality
            self.width = width
            self.height = height
            self.imageData = imageData
        }
    }

    /// Which class of scanner made the images: 30 for 500 dpi without a certificate, 31 with one.
    package let acquisitionLevel: Int
    /// The scanner maker's number; 0 for none.
    package let captureDevice: Int
    package let pixelsPerInch: Int
    package let compression: Compression
    package let views: [View]

    /// The level of a scanner of 500 dpi that no authority has certified.
    package static let uncertified500 = 30
    /// The most that BSI TR-03121 allows a WSQ image to take.
    package static let usualImageLimit = 18 * 1024

    package init(
        views: [View], compression: Compression, pixelsPerInch: Int = 500, acquisitionLevel: Int = uncertified500,
        captureDevice: Int = 0
    ) {
        self.views = views
        self.compression = compression
        self.pixelsPerInch = pixelsPerInch
        self.acquisitionLevel = acquisitionLevel
        self.captureDevice = captureDevice
    }

    /// The record of samples, each compressed as WSQ, harder where that is needed to stay under `imageLimit`.
    ///
    /// - Throws: `.unsupported(.resolution)` for an image known not to be 500 dpi, which WSQ requires, and
    ///   `.wsq` for an image that WSQ cannot carry.
    package init(
        _ samples: [FingerSample], encoder: WSQEncoder = WSQEncoder(), imageLimit: Int = usualImageLimit
    ) throws(FingerImageRecordError) {
        var views: [View] = []
        for sample in samples {
            guard (sample.image.pixelsPerInch ?? 500) == 500 else { throw .unsupported(.resolution) }
            let data: [UInt8]
            do {
                data = try encoder.encode(sample.image, atMost: imageLimit)
            } catch {
                throw .wsq(error)
            }
            views.append(
                View(
                    position: sample.position, impression: sample.impression, quality: sample.quality,
                    width: sample.image.width, height: sample.image.height, imageData: data))
        }
        self.init(views: views, compression: .wsq)
    }

    /// The picture of a view of a record that is raw, WSQ, or PNG.
    ///
    /// - Throws: `.unsupported(.compression)` for the others, `.invalid(.imageData)` when the data are no such
    ///   picture or disagree with the size that the view states.
    package func image(of view: View) throws(FingerImageRecordError) -> GrayImage {
        let image: GrayImage
        switch compression {
        case .none:
            guard view.width > 0, view.height > 0, view.imageData.count == view.width * view.height else {
                throw .invalid(.imageData)
            }
            image = GrayImage(width: view.width, height: view.height, pixels: view.imageData)
        case .wsq:
            do { image = try WSQDecoder().decode(view.imageData) } catch { throw .wsq(error) }
        case .png:
            do { image = try PNGCodec().decodeGray(view.imageData) } catch { throw .invalid(.imageData) }
        case .bitPacked, .jpeg, .jpeg2000: throw .unsupported(.compression)
        }
        guard image.width == view.width, image.height == view.height else { throw .invalid(.imageSize) }
        return GrayImage(
            width: image.width, height: image.height, pixels: image.pixels, pixelsPerInch: pixelsPerInch)
    }
}
