/// A prefix code made ready for decoding: a table for short codes, a search for long ones.
struct WSQHuffmanDecoder {
    private static let shortBits = 11
    /// For each window of `shortBits` bits: code length in the high byte, symbol in the low; 0 for none.
    private let short: [UInt16]
    /// For lengths above `shortBits`: first code, number of codes and place of the first symbol.
    private let long: [(length: Int, first: Int, count: Int, index: Int)]
    private let symbols: [UInt8]
    /// Whether filling bits could be mistaken for a code.
    let usesAllOnes: Bool

    /// - Throws: `.invalidSegment(.huffman)` if the counts are no prefix code.
    init(_ table: WSQHuffmanTable) throws(WSQError) {
        var short = [UInt16](repeating: 0, count: 1 << Self.shortBits)
        var long: [(length: Int, first: Int, count: Int, index: Int)] = []
        var code = 0
        var index = 0
        var usesAllOnes = false
        for length in 1...16 {
            let count = Int(table.lengthCounts[length - 1])
            guard code + count <= 1 << length, index + count <= table.symbols.count else {
                throw .invalidSegment(.huffman)
            }
            if count > 0, code + count == 1 << length { usesAllOnes = true }
            if length > Self.shortBits {
                if count > 0 { long.append((length, code, count, index)) }
            } else {
                let span = 1 << (Self.shortBits - length)
                for offset in 0..<count {
                    let entry = UInt16(length) << 8 | UInt16(table.symbols[index + offset])
                    let start = (code + offset) * span
                    for slot in start..<(start + span) { short[slot] = entry }
                }
            }
            index += count
            code = (code + count) << 1
        }
        self.short = short
        self.long = long
        self.symbols = table.symbols
        self.usesAllOnes = usesAllOnes
    }

    /// The symbol at the top of the window and the length of its code; nil if no code matches.
    @inline(__always)
    func match(_ window: UInt64) -> (symbol: UInt8, length: Int)? {
        let entry = short[Int(truncatingIfNeeded: window >> UInt64(64 &- Self.shortBits))]
        if entry != 0 { return (UInt8(truncatingIfNeeded: entry), Int(entry >> 8)) }
        return matchLong(window)
    }

    private func matchLong(_ window: UInt64) -> (symbol: UInt8, length: Int)? {
        for group in long {
            let offset = Int(window >> UInt64(64 - group.length)) - group.first
            if offset >= 0, offset < group.count { return (symbols[group.index + offset], group.length) }
        }
        return nil
    }
}
