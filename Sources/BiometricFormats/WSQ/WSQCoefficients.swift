/// The coefficients other than zero, in coding order.
///
/// Kept apart from the plane so that the plane is made only once the data have proven to reach
/// over all of it: a short file that claims a huge picture costs no memory.
struct WSQCoefficients {
    /// How many coefficients the coded bands hold.
    let total: Int
    /// Where the three blocks end.
    private let blockEnds: [Int]
    /// The zeros before it in the low 15 bits, the value, with its sign, in the 17 above. A longer run stands in
    /// entries of the value 0.
    private(set) var entries: [UInt32] = []
    private(set) var position = 0
    /// The zeros since the last entry.
    private var run = 0

    static let longestRun = 0x7FFF

    init(bandAreas: [Int]) {
        var end = 0
        blockEnds = WSQLayout.blocks.map { bands in
            end += bands.reduce(0) { $0 + bandAreas[$1] }
            return end
        }
        total = end
    }

    var isComplete: Bool { position == total }

    static func zeros(_ entry: UInt32) -> Int { Int(entry & 0x7FFF) }
    static func value(_ entry: UInt32) -> Int32 { Int32(bitPattern: entry) >> 15 }

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
        while run > Self.longestRun {
            entries.append(UInt32(Self.longestRun))
            run &-= Self.longestRun &+ 1
        }
        entries.append(UInt32(bitPattern: value << 15) | UInt32(truncatingIfNeeded: run))
        run = 0
        position &+= 1
    }

    @inline(__always)
    private mutating func skip(_ count: Int) throws(WSQError) {
        guard count > 0, count <= total &- position else { throw .corruptData }
        position &+= count
        run &+= count
    }
}
