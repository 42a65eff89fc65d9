package import EnrolmentCore

/// Finger images with their positions, as ISO/IEC 19794-4:2005 packs them.
///
/// The 2005 edition is the one that ICAO Doc 9303 and BSI TR-03121 use. Numbers are big-endian; a
/// header of 32 bytes is followed by the views, each with 14 bytes of its own before the image. All
/// views share one density, depth and compression. `FingerImageRecord2011` is its successor.
package struct FingerImageRecord: Hashable, Sendable {
    /// How the image data of all views are coded (ISO/IEC 19794-4:2005 table 6).
    package enum Compression: UInt8, CaseIterable, Sendable {
        case none = 0
        case bitPacked, wsq, jpeg, jpeg2000, png

        var coding: PrintCoding {
            switch self {
            case .none: .raw
            case .wsq: .wsq
            case .jpeg: .jpeg
            case .png: .png
            case .bitPacked, .jpeg2000: .opaque
            }
        }
    }

    /// One image of one finger; several views of one finger may follow each other.
    package struct View: Hashable, Sendable {
        package let position: PrintPosition
        package let impression: PrintImpression
        /// 0 to 100; nil is stored as 254, not measured, and is also what 255, could not be computed, reads as.
        package let quality: Int?
        package let width: Int
        package let height: Int
        package let imageData: [UInt8]

        package init(
            position: PrintPosition, impression: PrintImpression, quality: Int?, width: Int, height: Int,
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
    package let sampling: PrintSampling
    /// Bits a pixel, 1 to 16; this kit makes 8.
    package let bitDepth: Int
    package let compression: Compression
    package let views: [View]

    /// The level of a scanner of 500 dpi that no authority has certified.
    package static let uncertified500 = 30
    /// The level of a scanner of 500 dpi that is certified for the FBI's image quality (EBTS appendix F).
    package static let certified500 = 31
    /// The most that BSI TR-03121 allows a WSQ image to take.
    package static let usualImageLimit = 18 * 1024

    package init(
        views: [View], compression: Compression, sampling: PrintSampling = .standard500, bitDepth: Int = 8,
        acquisitionLevel: Int = uncertified500, captureDevice: Int = 0
    ) {
        self.views = views
        self.compression = compression
        self.sampling = sampling
        self.bitDepth = bitDepth
        self.acquisitionLevel = acquisitionLevel
        self.captureDevice = captureDevice
    }

    /// The record of samples, each compressed as WSQ, harder where that is needed to stay under `imageLimit`.
    ///
    /// - Throws: `.unsupported(.resolution)` for an image known not to be 500 dpi, which WSQ requires, and
    ///   `.wsq` for an image that WSQ cannot carry.
    package init(
        _ samples: [FingerSample], encoder: WSQEncoder = WSQEncoder(), imageLimit: Int = usualImageLimit,
        acquisitionLevel: Int = uncertified500
    ) throws(FingerImageRecordError) {
        var views: [View] = []
        for sample in samples {
            views.append(
                View(
                    position: PrintPosition(sample.position), impression: PrintImpression(sample.impression),
                    quality: sample.quality, width: sample.image.width, height: sample.image.height,
                    imageData: try sample.compressed(encoder, atMost: imageLimit)))
        }
        self.init(views: views, compression: .wsq, acquisitionLevel: acquisitionLevel)
    }

    /// The images' density where it is the same in both directions.
    package var pixelsPerInch: Int? { sampling.pixelsPerInch }

    /// The picture of a view of a record that is raw, WSQ, JPEG or PNG.
    ///
    /// - Throws: `.unsupported(.compression)` for the others, `.unsupported(.pixelDepth)` for another depth than 8,
    ///   `.invalid` when the data are no such picture or disagree with the size that the view states.
    package func image(of view: View) throws(FingerImageRecordError) -> GrayImage {
        try compression.coding.picture(
            view.imageData, width: view.width, height: view.height, bitDepth: bitDepth, sampling: sampling)
    }
}
