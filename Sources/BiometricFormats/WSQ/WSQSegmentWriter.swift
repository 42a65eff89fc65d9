/// Writes a WSQ file, segment by segment.
struct WSQSegmentWriter {
    private var bytes: [UInt8] = []

    init() { mark(.startOfImage) }

    mutating func comment(_ text: String) {
        segment(.comment, Array(text.utf8))
    }

    /// The standard filters.
    mutating func transform() {
        var body: [UInt8] = [9, 7]
        for tap in WSQFilters.standardStored {
            body.append(tap.negative ? 1 : 0)
            body.append(tap.exponent)
            body.appendBigEndian(Int(tap.mantissa), byteCount: 4)
        }
        segment(.defineTransform, body)
    }

    mutating func quantisation(_ table: WSQQuantisation) {
        var body: [UInt8] = []
        Self.append(table.centre, to: &body)
        for (bin, zeroBin) in zip(table.bins, table.zeroBins) {
            Self.append(bin, to: &body)
            Self.append(zeroBin, to: &body)
        }
        segment(.defineQuantisation, body)
    }

    mutating func frame(_ frame: WSQFrame) {
        var body = [frame.black, frame.white]
        body.appendBigEndian(frame.height, byteCount: 2)
        body.appendBigEndian(frame.width, byteCount: 2)
        Self.append(frame.shift, to: &body)
        Self.append(frame.scale, to: &body)
        body.append(frame.encoderVersion)
        body.appendBigEndian(Int(frame.softwareNumber), byteCount: 2)
        segment(.startOfFrame, body)
    }

    mutating func huffman(_ table: WSQHuffmanTable, id: UInt8) {
        segment(.defineHuffman, [id] + table.lengthCounts + table.symbols)
    }

    mutating func block(_ entropyData: [UInt8], table: UInt8) {
        segment(.startOfBlock, [table])
        bytes += entropyData
    }

    mutating func finish() -> [UInt8] {
        mark(.endOfImage)
        return bytes
    }

    private mutating func mark(_ marker: WSQMarker) {
        bytes.appendBigEndian(Int(marker.rawValue), byteCount: 2)
    }

    private mutating func segment(_ marker: WSQMarker, _ body: [UInt8]) {
        mark(marker)
        bytes.appendBigEndian(body.count + 2, byteCount: 2)
        bytes += body
    }

    private static func append(_ number: WSQScaledNumber, to body: inout [UInt8]) {
        body.append(number.exponent)
        body.appendBigEndian(Int(number.mantissa), byteCount: 2)
    }
}
