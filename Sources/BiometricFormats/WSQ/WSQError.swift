/// Why a WSQ file cannot be made or read.
package enum WSQError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The bytes do not begin with the WSQ start marker.
    case notWSQ
    /// The file ends inside a segment or before all coefficients were there.
    case truncated
    /// A marker that WSQ does not know, or not at this place.
    case unexpectedMarker(UInt16)
    /// A segment whose length or content contradicts the format.
    case invalidSegment(Segment)
    /// Entropy data appeared before this segment did.
    case missingSegment(Segment)
    /// The wavelet filters are not the 9/7 pair, the only one in use.
    case unsupportedFilters
    /// The entropy data hold a code that the table does not, or more coefficients than the picture.
    case corruptData
    /// More pixels than the caller allows, or than the format carries on a side.
    case tooLarge(width: Int, height: Int)
    /// The wanted bit rate is not a positive number of at most 8 bits a pixel.
    case invalidBitRate
    /// No bit rate brings the file under the wanted length.
    case cannotReach(byteCount: Int)

    /// A part of a WSQ file.
    package enum Segment: String, Sendable {
        case frame, comment, transform, quantisation, huffman, block, restart
    }

    package var description: String {
        switch self {
        case .notWSQ: "not a WSQ file"
        case .truncated: "WSQ file is cut short"
        case .unexpectedMarker(let marker): "unexpected WSQ marker 0x" + String(marker, radix: 16)
        case .invalidSegment(let segment): "invalid WSQ \(segment.rawValue) segment"
        case .missingSegment(let segment): "WSQ \(segment.rawValue) segment is missing"
        case .unsupportedFilters: "WSQ filters other than 9/7"
        case .corruptData: "corrupt WSQ entropy data"
        case .tooLarge(let width, let height): "WSQ picture of \(width) x \(height) pixels is too large"
        case .invalidBitRate: "invalid WSQ bit rate"
        case .cannotReach(let byteCount): "WSQ file cannot be made as short as \(byteCount) bytes"
        }
    }
}
