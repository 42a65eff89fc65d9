@testable import BiometricFormats

/// A WSQ file cut into its segments, to put them together in another order.
struct WSQSegments {
    struct Segment {
        let marker: UInt16
        /// Marker, length, body and, for a block, its entropy data.
        var bytes: [UInt8]
    }

    var segments: [Segment] = []

    init(_ file: [UInt8]) {
        var offset = 2
        while offset + 4 <= file.count {
            let marker = UInt16(file[offset]) << 8 | UInt16(file[offset + 1])
            var end = offset + 2 + (Int(file[offset + 2]) << 8 | Int(file[offset + 3]))
            if marker == 0xFFA3 {
                while !(file[end] == 0xFF && file[end + 1] != 0) { end += 1 }
            }
            segments.append(Segment(marker: marker, bytes: Array(file[offset..<end])))
            offset = end
        }
    }

    subscript(marker: UInt16) -> [Segment] { segments.filter { $0.marker == marker } }

    static func file(_ segments: [Segment]) -> [UInt8] {
        [0xFF, 0xA0] + segments.flatMap(\.bytes) + [0xFF, 0xA1]
    }
}
