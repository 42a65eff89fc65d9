/// Why a PNG file cannot be made or read.
package enum PNGError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin as a PNG file does.
    case notPNG
    /// The file contradicts the format or ends early; the detail is the codec's and names no content.
    case damaged(String)
    /// The picture has more pixels than the limits allow.
    case tooLarge(width: Int, height: Int)

    package var description: String {
        switch self {
        case .notPNG: "not a PNG file"
        case .damaged(let detail): "damaged PNG file: \(detail)"
        case .tooLarge(let width, let height): "PNG picture of \(width) x \(height) pixels is too large"
        }
    }
}
