/// Why a finger image record, of either edition, cannot be made or read.
package enum FingerImageRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin with `FIR`.
    case notFingerImageRecord
    /// Another edition than the one that is read: 2005 is version `010`, 2011 is `020`.
    case unsupportedEdition
    /// The record ends early, or a length in it points beyond its end.
    case truncated
    /// A field holds what the format does not allow.
    case invalid(Field)
    /// A field holds something legal that cannot be shown here: JPEG 2000, another depth than 8 bits.
    case unsupported(Field)
    case wsq(WSQError)

    /// A field of the record.
    package enum Field: String, Sendable {
        case recordLength, fingerCount, resolution, pixelDepth, compression, blockLength, position, viewNumber
        case quality, impression, imageSize, imageData, acquisitionLevel, captureDevice, scaleUnits
        case representationCount, captureTime, certification, extendedData
    }

    package var description: String {
        switch self {
        case .notFingerImageRecord: "not a finger image record"
        case .unsupportedEdition: "finger image record of another edition"
        case .truncated: "finger image record is cut short"
        case .invalid(let field): "invalid \(field.rawValue) in finger image record"
        case .unsupported(let field): "unsupported \(field.rawValue) in finger image record"
        case .wsq(let error): error.description
        }
    }
}
