/// Why no picture can be made of a signature.
package enum SignatureRenderingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no point with the pen down.
    case noInk
    /// The pad's ranges are zero or negative, so its points have no place.
    case invalidGeometry
    /// The picture would have no pixels, or too many.
    case invalidSize

    package var description: String {
        switch self {
        case .noInk: "signature without ink"
        case .invalidGeometry: "signature pad without size"
        case .invalidSize: "signature picture of impossible size"
        }
    }
}
