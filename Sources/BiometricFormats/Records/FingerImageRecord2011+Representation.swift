package import EnrolmentCore

extension FingerImageRecord2011 {
    /// One image of one finger, or of several at once.
    package struct Representation: Hashable, Sendable {
        package let position: PrintPosition
        /// Which image of this position it is, from 0, at most 15.
        package let number: Int
        package let impression: PrintImpression
        /// To the millisecond, in UTC; nil where it is not known.
        package let capturedAt: Timestamp?
        package let device: CaptureDevice
        /// Empty while nothing was measured.
        package let qualities: [Quality]
        package let certifications: [Certification]
        package let sampling: PrintSampling
        /// Bits a pixel, 1 to 16; this kit makes 8.
        package let bitDepth: Int
        package let compression: Compression
        package let width: Int
        package let height: Int
        package let imageData: [UInt8]
        /// Segmentation, annotation and comment blocks behind the image, as they are.
        package let extendedData: [UInt8]

        package init(
            position: PrintPosition, number: Int = 0, impression: PrintImpression, capturedAt: Timestamp?,
            device: CaptureDevice = .unspecified, qualities: [Quality] = [], certifications: [Certification] = [],
            sampling: PrintSampling = .standard500, bitDepth: Int = 8, compression: Compression, width: Int,
            height: Int, imageData: [UInt8], extendedData: [UInt8] = []
        ) {
            self.position = position
            self.number = number
            self.impression = impression
            self.capturedAt = capturedAt
            self.device = device
            self.qualities = qualities
            self.certifications = certifications
            self.sampling = sampling
            self.bitDepth = bitDepth
            self.compression = compression
            self.width = width
            self.height = height
            self.imageData = imageData
            self.extendedData = extendedData
        }

        /// The picture, where it is raw, WSQ, JPEG or PNG.
        ///
        /// - Throws: `.unsupported(.compression)` for the others, `.unsupported(.pixelDepth)` for another depth than
        ///   8, `.invalid` when the data are no such picture or disagree with the size that is stated.
        package func image() throws(FingerImageRecordError) -> GrayImage {
            try compression.coding.picture(
                imageData, width: width, height: height, bitDepth: bitDepth, sampling: sampling)
        }
    }
}
