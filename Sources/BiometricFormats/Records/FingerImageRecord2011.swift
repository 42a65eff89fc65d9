package import EnrolmentCore

/// Finger images with their circumstances, as ISO/IEC 19794-4:2011 packs them.
///
/// A header of 16 bytes is followed by the representations, each complete in itself: other than in
/// `FingerImageRecord`, the 2005 edition, each has its own density, depth, compression, time and device.
package struct FingerImageRecord2011: Hashable, Sendable {
    /// How image data are coded (ISO/IEC 19794-4:2011 table 9).
    package enum Compression: UInt8, CaseIterable, Sendable {
        case none = 0
        case bitPacked, wsq, jpeg, jpeg2000Lossy, jpeg2000Lossless, png

        var coding: PrintCoding {
            switch self {
            case .none: .raw
            case .wsq: .wsq
            case .jpeg: .jpeg
            case .png: .png
            case .bitPacked, .jpeg2000Lossy, .jpeg2000Lossless: .opaque
            }
        }
    }

    /// What one measure says of one image.
    package struct Quality: Hashable, Sendable {
        /// 0 to 100; nil, stored as 255, when the measure could not be computed.
        package let score: Int?
        /// Whose measure it is, by the number that IBIA gave; 0 for an unregistered one.
        package let vendor: UInt16
        package let algorithm: UInt16

        package init(score: Int?, vendor: UInt16 = 0, algorithm: UInt16 = 0) {
            self.score = score
            self.vendor = vendor
            self.algorithm = algorithm
        }
    }

    /// Who certified the scanner, and for what (ISO/IEC 19794-4:2011 table 5).
    package struct Certification: Hashable, Sendable {
        package let authority: UInt16
        package let scheme: UInt8

        package init(authority: UInt16, scheme: UInt8) {
            self.authority = authority
            self.scheme = scheme
        }
    }

    /// The scanner, by registered numbers; 0 for each that is not known.
    package struct CaptureDevice: Hashable, Sendable {
        /// The principle of the sensor (ISO/IEC 19794-4:2011 table 4), for example 4: visible light, total reflection.
        package let technology: UInt8
        package let vendor: UInt16
        package let type: UInt16

        package static let unspecified = CaptureDevice(technology: 0, vendor: 0, type: 0)

        package init(technology: UInt8, vendor: UInt16, type: UInt16) {
            self.technology = technology
            self.vendor = vendor
            self.type = type
        }
    }

    package let representations: [Representation]

    package init(representations: [Representation]) {
        self.representations = representations
    }

    /// The record of samples, each compressed as WSQ, harder where that is needed to stay under `imageLimit`.
    ///
    /// A quality becomes one block without vendor, since the measure of this kit is registered nowhere.
    ///
    /// - Throws: `.unsupported(.resolution)` for an image known not to be 500 dpi, which WSQ requires, and
    ///   `.wsq` for an image that WSQ cannot carry.
    package init(
        _ samples: [FingerSample], encoder: WSQEncoder = WSQEncoder(),
        imageLimit: Int = FingerImageRecord.usualImageLimit, device: CaptureDevice = .unspecified
    ) throws(FingerImageRecordError) {
        var representations: [Representation] = []
        for sample in samples {
            let position = PrintPosition(sample.position)
            representations.append(
                Representation(
                    position: position, number: representations.count { $0.position == position },
                    impression: PrintImpression(sample.impression), capturedAt: sample.capturedAt, device: device,
                    qualities: sample.quality.map { [Quality(score: $0)] } ?? [], compression: .wsq,
                    width: sample.image.width, height: sample.image.height,
                    imageData: try sample.compressed(encoder, atMost: imageLimit)))
        }
        self.init(representations: representations)
    }
}
