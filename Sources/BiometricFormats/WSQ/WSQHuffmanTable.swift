/// A prefix code as the file stores it: how many codes of each length, and the symbols in code order.
struct WSQHuffmanTable: Hashable {
    /// Sixteen counts, for code lengths 1 to 16.
    let lengthCounts: [UInt8]
    let symbols: [UInt8]

    static let empty = WSQHuffmanTable(lengthCounts: [UInt8](repeating: 0, count: 16), symbols: [])

    init(lengthCounts: [UInt8], symbols: [UInt8]) {
        self.lengthCounts = lengthCounts
        self.symbols = symbols
    }

    /// The best code for symbols that occur so often, by the procedure of JPEG annex K.2; no code
    /// is all ones and none is longer than 16 bits.
    ///
    /// - Parameter counts: 256 occurrence counts.
    init(counts: [Int]) {
        let lengths = Self.codeLengths(counts)
        let used = (0..<256).filter { lengths[$0] > 0 }
        guard !used.isEmpty else {
            self = .empty
            return
        }
        var bits = [Int](repeating: 0, count: 258)
        for length in lengths where length > 0 { bits[length] += 1 }
        Self.limit(&bits, to: 16)
        if let longest = (1...16).last(where: { bits[$0] > 0 }) { bits[longest] -= 1 }
        lengthCounts = bits[1...16].map { UInt8(clamping: $0) }
        symbols = used.sorted { (lengths[$0], $0) < (lengths[$1], $1) }.map { UInt8($0) }
    }

    /// The code of each symbol: value in the high bits, length in the low five; 0 where there is none.
    func codes() -> [UInt32] {
        var codes = [UInt32](repeating: 0, count: 256)
        var code: UInt32 = 0
        var next = 0
        for length in 1...16 {
            for _ in 0..<lengthCounts[length - 1] {
                codes[Int(symbols[next])] = code << 5 | UInt32(length)
                code += 1
                next += 1
            }
            code <<= 1
        }
        return codes
    }

    /// Code lengths of the 256 symbols and, last, of the reserved one that keeps all-ones unused.
    private static func codeLengths(_ counts: [Int]) -> [Int] {
        var weights = counts + [1]
        var lengths = [Int](repeating: 0, count: 257)
        var alive = (0...256).filter { weights[$0] > 0 }
        // Each tree is a chain through its symbols, as in JPEG annex K.
        var next = [Int](repeating: -1, count: 257)
        func takeLeast() -> Int {
            var best = 0
            // The last of equals, since annex K prefers the highest symbol.
            for index in 1..<alive.count where weights[alive[index]] <= weights[alive[best]] { best = index }
            return alive.remove(at: best)
        }
        func deepen(_ tree: Int) -> Int {
            var symbol = tree
            lengths[symbol] += 1
            while next[symbol] >= 0 {
                symbol = next[symbol]
                lengths[symbol] += 1
            }
            return symbol
        }
        while alive.count > 1 {
            let first = takeLeast()
            let second = takeLeast()
            weights[first] += weights[second]
            next[deepen(first)] = second
            _ = deepen(second)
            alive.insert(first, at: alive.firstIndex { $0 > first } ?? alive.count)
        }
        return lengths
    }

    private static func limit(_ bits: inout [Int], to longest: Int) {
        for length in stride(from: 256, to: longest, by: -1) {
            while bits[length] > 0 {
                var shorter = length - 2
                while bits[shorter] == 0 { shorter -= 1 }
                bits[length] -= 2
                bits[length - 1] += 1
                bits[shorter + 1] += 2
                bits[shorter] -= 1
            }
        }
    }
}
