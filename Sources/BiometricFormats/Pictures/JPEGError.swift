/// Why a JPEG file cannot be made or read.
package enum JPEGError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin as a JPEG file does.
    case notJPEG
    /// The file ends before its picture does.
    case truncated
    /// The file contradicts the format; the detail is the codec's and names no content.
    case damaged(String)
    /// A legal kind of JPEG that is not taken here: 12 bits, lossless, arithmetic coding, CMYK.
    case unsupported(String)
    /// The picture has more pixels than the limits allow.
    case tooLarge(width: Int, height: Int)
    /// A progressive file with more scans than an honest one has: each costs a pass over the picture.
    case tooManyScans(Int)
    /// The wanted quality, density or scale is out of range.
    case invalidSetting
    /// Even the least quality gives a longer file than wanted.
    case cannotReach(byteCount: Int)

    package var description: String {
        switch self {
        case .notJPEG: "not a JPEG file"
        case .truncated: "JPEG file is cut short"
        case .damaged(let detail): "damaged JPEG file: \(detail)"
        case .unsupported(let kind): "unsupported JPEG file: \(kind)"
        case .tooLarge(let width, let height): "JPEG picture of \(width) x \(height) pixels is too large"
        case .tooManyScans(let count): "JPEG file with \(count) scans"
        case .invalidSetting: "invalid JPEG setting"
        case .cannotReach(let byteCount): "JPEG file cannot be made as short as \(byteCount) bytes"
        }
    }
}
