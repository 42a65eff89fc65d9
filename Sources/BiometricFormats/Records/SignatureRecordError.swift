/// Why a signature time series cannot be made or read.
package enum SignatureRecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin with `SDI`.
    case notSignatureRecord
    /// Another edition than 2007, version ` 10`.
    case unsupportedEdition
    /// The record ends before its points do.
    case truncated
    /// X or Y is missing, or neither time nor time step is there.
    case missingChannel
    /// A field holds what the format does not allow, or bytes follow the last point.
    case invalid(Field)
    /// The pad's ranges are zero or negative, or too large for 16 bits at a hundredth of a millimetre.
    case invalidGeometry
    /// More points, or more time, than the format can count.
    case tooLong

    /// A field of the record.
    package enum Field: String, Sendable {
        case preamble, scaling, sampleCount, extendedData
    }

    package var description: String {
        switch self {
        case .notSignatureRecord: "not a signature time series"
        case .unsupportedEdition: "signature time series of another edition than 2007"
        case .truncated: "signature time series is cut short"
        case .missingChannel: "signature time series without position or time"
        case .invalid(let field): "invalid \(field.rawValue) in signature time series"
        case .invalidGeometry: "signature pad without usable size"
        case .tooLong: "signature too long for its time series"
        }
    }
}
