/// Why a finger image record cannot be made or read.
package enum FingerImageRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin with `FIR`.
    case notFingerImageRecord
    /// Another edition than 2005, version `010`.
    case unsupportedEdition
    /// The record ends early, or a length in it points beyond its end.
    case truncated
    /// A field holds what the format does not allow.
    case invalid(Field)
    /// A field holds something legal that this kit never takes: a palm, a latent print, another depth.
    case unsupported(Field)
    /// The images do not share one resolution.
    case mixedResolutions
    case wsq(WSQError)

    /// A field of the record.
    package enum Field: String, Sendable {
        case recordLength, fingerCount, resolution, pixelDepth, compression, blockLength, position, viewNumber
        case quality, impression, imageSize, imageData, acquisitionLevel
    }

    package var description: String {
        switch self {
        case .notFingerImageRecord: "not a finger image record"
        case .unsupportedEdition: "finger image record of another edition than 2005"
        case .truncated: "finger image record is cut short"
        case .invalid(let field): "invalid \(field.rawValue) in finger image record"
        case .unsupported(let field): "unsupported \(field.rawValue) in finger image record"
        case .mixedResolutions: "finger images of different resolutions"
        case .wsq(let error): error.description
        }
    }
}
