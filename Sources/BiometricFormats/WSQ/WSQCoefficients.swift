/// The coefficients other than zero, in coding order.
///
/// Kept apart from the plane so that the plane is made only once the data have proven to reach
/// over all of it.
struct WSQCoefficients {
    /// How many coefficients the coded bands hold.
    let total: Int
    /// Where the three blocks end.
    private let blockEnds: [Int]
    /// Position in the high half, value in the low.
    private(set) var entries: [UInt64] = []
    private(set) var position = 0

    init(bandAreas: [Int]) {
        var end = 0
        blockEnds = WSQLayout.blocks.map { bands in
            end += bands.reduce(0) { $0 + bandAreas[$1] }
            return end
        }
        total = end
    }

    var isComplete: Bool { position == total }

    static func position(_ entry: UInt64) -> Int { Int(entry >> 32) }
    static func value(_ entry: UInt64) -> Int32 { Int32(truncatingIfNeeded: entry) }

    /// Reads the entropy data of one block and gives the place of the marker that follows.
    ///
    /// A block may end early or hold more than its own bands, as long as all coefficients together
    /// add up: encoders differ in how they divide them.
    mutating func decodeBlock(
        _ bytes: UnsafeBufferPointer<UInt8>, from offset: Int, _ table: WSQHuffmanDecoder
    ) throws(WSQError) -> Int {
        var reader = WSQBitReader(bytes, from: offset)
        // Once: to reserve again for every block would copy all entries for every block.
        if entries.isEmpty { entries.reserveCapacity(min(total, bytes.count - offset)) }
        while position < total {
            reader.refill()
            if reader.isExhausted, reader.available < 8, isBlockEnd(reader, table) { break }
            guard let (symbol, length) = table.match(reader.window) else {
                throw reader.isExhausted && reader.available < 16 ? .truncated : .corruptData
            }
            let extra = Int(WSQSymbol.extraBits(symbol))
            guard length + extra <= reader.available else { throw .truncated }
            reader.drop(length)
            var argument = 0
            if extra > 0 {
                argument = Int(truncatingIfNeeded: reader.window >> UInt64(64 - extra))
                reader.drop(extra)
            }
            try apply(symbol, argument)
        }
        return reader.nextMarker()
    }

    private func isBlockEnd(_ reader: WSQBitReader, _ table: WSQHuffmanDecoder) -> Bool {
        blockEnds.contains(position) || reader.available == 0 || (!table.usesAllOnes && reader.holdsOnlyFilling)
    }

    @inline(__always)
    private mutating func apply(_ symbol: UInt8, _ argument: Int) throws(WSQError) {
        switch symbol {
        case 107...254:
            append(Int32(symbol) - Int32(WSQSymbol.plainOffset))
        case 1...100:
            try skip(Int(symbol))
        case WSQSymbol.run8, WSQSymbol.run16:
            try skip(argument)
        case WSQSymbol.positive8, WSQSymbol.positive16:
            append(Int32(argument))
        case WSQSymbol.negative8, WSQSymbol.negative16:
            append(-Int32(argument))
        default:
            throw .corruptData
        }
    }

    @inline(__always)
    private mutating func append(_ value: Int32) {
        entries.append(UInt64(truncatingIfNeeded: position) << 32 | UInt64(UInt32(bitPattern: value)))
        position &+= 1
    }

    @inline(__always)
    private mutating func skip(_ count: Int) throws(WSQError) {
        guard count > 0, count <= total &- position else { throw .corruptData }
        position &+= count
    }
}
