/// A WSQ file taken apart: its tables, and its coefficients unless only the header was wanted.
struct WSQFile {
    private(set) var frame: WSQFrame?
    private(set) var comments: [[UInt8]] = []
    private(set) var filters: WSQFilters?
    private(set) var quantisation: WSQQuantisation?
    private(set) var coefficients: WSQCoefficients?
    private var tables: [UInt8: WSQHuffmanTable] = [:]
    private var blockCount = 0
    /// Whether entropy data may be broken up by restart markers.
    private var hasRestarts = false

    /// The format has three; each more costs a code table, so a file may not ask for thousands.
    private static let maximumBlockCount = 64
    private let limits: WSQDecoder.Limits

    /// - Throws: for anything that is not a whole WSQ file within the limits.
    init(_ bytes: [UInt8], headerOnly: Bool, limits: WSQDecoder.Limits) throws(WSQError) {
        self.limits = limits
        var reader = ByteReader(bytes)
        guard reader.uint16() == WSQMarker.startOfImage.rawValue else { throw .notWSQ }
        while true {
            guard let code = reader.uint16() else {
                // Some writers leave the end marker out; that takes nothing from the picture.
                if !headerOnly, coefficients?.isComplete == true { return }
                throw .truncated
            }
            guard let marker = WSQMarker(rawValue: code) else { throw .unexpectedMarker(code) }
            switch marker {
            case .startOfImage: throw .unexpectedMarker(code)
            case .endOfImage:
                guard coefficients?.isComplete == true else {
                    throw coefficients == nil ? .missingSegment(.block) : .truncated
                }
                return
            case .startOfBlock:
                if headerOnly { return }
                try block(&reader)
            default:
                try segment(marker, &reader)
                if headerOnly, frame != nil, marker == .startOfFrame { return }
            }
        }
    }

    private mutating func segment(_ marker: WSQMarker, _ reader: inout ByteReader) throws(WSQError) {
        guard let length = reader.uint16() else { throw .truncated }
        guard length >= 2 else { throw .invalidSegment(Self.name(marker)) }
        guard let body = reader.take(Int(length) - 2) else { throw .truncated }
        switch marker {
        case .comment: comments.append(body)
        case .startOfFrame: try readFrame(body)
        case .defineTransform: try readTransform(body)
        case .defineQuantisation: try readQuantisation(body)
        case .defineHuffman: try readTables(body)
        case .defineRestart:
            guard body.count == 2 else { throw .invalidSegment(.restart) }
            hasRestarts = body != [0, 0]
        case .startOfImage, .endOfImage, .startOfBlock: throw .unexpectedMarker(marker.rawValue)
        }
    }

    private mutating func block(_ reader: inout ByteReader) throws(WSQError) {
        guard let length = reader.uint16(), let table = reader.uint8() else { throw .truncated }
        blockCount += 1
        guard length == 3, blockCount <= Self.maximumBlockCount else { throw .invalidSegment(.block) }
        guard let frame else { throw .missingSegment(.frame) }
        guard filters != nil else { throw .missingSegment(.transform) }
        guard let quantisation else { throw .missingSegment(.quantisation) }
        if coefficients == nil {
            let bands = WSQLayout(width: frame.width, height: frame.height).bands
            coefficients = WSQCoefficients(
                bandAreas: bands.enumerated().map { quantisation.isCoded($0.offset) ? $0.element.area : 0 })
        }
        guard let table = tables[table] else { throw .missingSegment(.huffman) }
        let decoder = try WSQHuffmanDecoder(table)
        repeat {
            let start = reader.offset
            let end = try reader.bytes.withUnsafeBufferPointer { (bytes) throws(WSQError) -> Int in
                try coefficients?.decodeBlock(bytes, from: start, decoder) ?? bytes.count
            }
            _ = reader.skip(end - start)
        } while skipRestart(&reader)
    }

    /// Goes behind a restart marker, if one follows and was announced: the codes go on at a whole byte.
    ///
    /// The specification has them so that a reader may find its way again after damage; encoders leave them out.
    private func skipRestart(_ reader: inout ByteReader) -> Bool {
        var ahead = reader
        guard hasRestarts, let code = ahead.uint16(), WSQMarker.restarts.contains(code) else { return false }
        reader = ahead
        return true
    }

    private mutating func readFrame(_ body: [UInt8]) throws(WSQError) {
        // A second frame could contradict what was read by the first.
        guard frame == nil, body.count == 15 else { throw .invalidSegment(.frame) }
        var reader = ByteReader(body)
        guard let black = reader.uint8(), let white = reader.uint8(), let height = reader.uint16(),
            let width = reader.uint16(), let shift = Self.number(&reader), let scale = Self.number(&reader),
            let version = reader.uint8(), let software = reader.uint16(), width > 0, height > 0
        else { throw .invalidSegment(.frame) }
        guard Int(width) * Int(height) <= limits.maximumPixelCount else {
            throw .tooLarge(width: Int(width), height: Int(height))
        }
        frame = WSQFrame(
            black: black, white: white, height: Int(height), width: Int(width), shift: shift, scale: scale,
            encoderVersion: version, softwareNumber: software)
    }

    private mutating func readTransform(_ body: [UInt8]) throws(WSQError) {
        var reader = ByteReader(body)
        guard let low = reader.uint8(), let high = reader.uint8() else { throw .invalidSegment(.transform) }
        guard low == 9, high == 7 else { throw .unsupportedFilters }
        var taps: [Float] = []
        for _ in 0..<9 {
            guard let sign = reader.uint8(), let exponent = reader.uint8(), let mantissa = reader.uint32() else {
                throw .invalidSegment(.transform)
            }
            let value = Float(WSQScaledNumber.scale(Double(mantissa), exponent))
            taps.append(sign == 0 ? value : -value)
        }
        guard reader.remaining == 0 else { throw .invalidSegment(.transform) }
        filters = WSQFilters(low: Array(taps[..<5]), high: Array(taps[5...]))
    }

    private mutating func readQuantisation(_ body: [UInt8]) throws(WSQError) {
        var reader = ByteReader(body)
        var numbers: [WSQScaledNumber] = []
        while let number = Self.number(&reader) { numbers.append(number) }
        guard numbers.count == 1 + 2 * WSQQuantisation.storedBandCount, reader.remaining == 0 else {
            throw .invalidSegment(.quantisation)
        }
        let table = WSQQuantisation(
            centre: numbers[0], bins: stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] },
            zeroBins: stride(from: 2, to: numbers.count, by: 2).map { numbers[$0] })
        // The coefficients that were read so far are divided into bands by the earlier table.
        guard coefficients == nil || table == quantisation else { throw .invalidSegment(.quantisation) }
        quantisation = table
    }

    private mutating func readTables(_ body: [UInt8]) throws(WSQError) {
        var reader = ByteReader(body)
        repeat {
            guard let id = reader.uint8(), id < 8, let counts = reader.take(16) else { throw .invalidSegment(.huffman) }
            let total = counts.reduce(0) { $0 + Int($1) }
            guard total <= 256, let symbols = reader.take(total) else { throw .invalidSegment(.huffman) }
            tables[id] = WSQHuffmanTable(lengthCounts: counts, symbols: symbols)
        } while reader.remaining > 0
    }

    private static func number(_ reader: inout ByteReader) -> WSQScaledNumber? {
        guard let exponent = reader.uint8(), let mantissa = reader.uint16() else { return nil }
        return WSQScaledNumber(exponent: exponent, mantissa: mantissa)
    }

    private static func name(_ marker: WSQMarker) -> WSQError.Segment {
        switch marker {
        case .startOfFrame: .frame
        case .defineTransform: .transform
        case .defineQuantisation: .quantisation
        case .defineHuffman: .huffman
        case .startOfBlock: .block
        case .defineRestart: .restart
        case .comment, .startOfImage, .endOfImage: .comment
        }
    }
}
