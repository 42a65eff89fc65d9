/// Turns quantised coefficients into symbols, counts them and writes their codes.
struct WSQBlockCoder {
    /// A symbol in bits 16 to 23 and its extra bits below, one a run or coefficient.
    private(set) var tokens: [UInt32] = []
    private(set) var counts = [Int](repeating: 0, count: 256)

    /// - Parameter coefficients: all coefficients of one block, in coding order.
    init(_ coefficients: UnsafeBufferPointer<Int16>) {
        tokens.reserveCapacity(coefficients.count / 4 + 16)
        counts.withUnsafeMutableBufferPointer { counts in
            var run = 0
            for value in coefficients {
                if value == 0 {
                    run &+= 1
                    continue
                }
                if run > 0 {
                    Self.appendRun(run, to: &tokens, counts)
                    run = 0
                }
                let token = Self.token(Int(value))
                counts[Int(token >> 16)] &+= 1
                tokens.append(token)
            }
            if run > 0 { Self.appendRun(run, to: &tokens, counts) }
        }
    }

    private static func token(_ value: Int) -> UInt32 {
        let shifted = value &+ WSQSymbol.plainOffset
        if shifted >= 107 && shifted <= 254 { return UInt32(truncatingIfNeeded: shifted) << 16 }
        let magnitude = UInt32(value.magnitude)
        let symbol: UInt8 =
            switch (value > 0, magnitude > 255) {
            case (true, false): WSQSymbol.positive8
            case (false, false): WSQSymbol.negative8
            case (true, true): WSQSymbol.positive16
            case (false, true): WSQSymbol.negative16
            }
        return UInt32(symbol) << 16 | magnitude
    }

    private static func appendRun(
        _ length: Int, to tokens: inout [UInt32], _ counts: UnsafeMutableBufferPointer<Int>
    ) {
        var left = length
        while left > 0 {
            let part = min(left, 65535)
            let token: UInt32 =
                if part <= WSQSymbol.longestPlainRun {
                    UInt32(part) << 16
                } else {
                    UInt32(part <= 255 ? WSQSymbol.run8 : WSQSymbol.run16) << 16 | UInt32(part)
                }
            counts[Int(token >> 16)] &+= 1
            tokens.append(token)
            left -= part
        }
    }

    /// The entropy data: codes with their extra bits, padded with ones, each 0xFF followed by 0x00.
    func entropyData(_ table: WSQHuffmanTable) -> [UInt8] {
        let codes = table.codes()
        var lengths = [UInt32](repeating: 0, count: 256)
        var bitCount = 0
        for symbol in 0..<256 {
            let extra = WSQSymbol.extraBits(UInt8(symbol))
            // Code and extra bits go out together: at most 32.
            lengths[symbol] = extra
            bitCount += counts[symbol] * Int(codes[symbol] & 31 + extra)
        }
        // Stuffing doubles the length at worst.
        return [UInt8](unsafeUninitializedCapacity: 2 * (bitCount / 8 + 8)) { output, count in
            var writer = WSQBitWriter(output.baseAddress)
            codes.withUnsafeBufferPointer { codes in
                lengths.withUnsafeBufferPointer { lengths in
                    for token in tokens {
                        let symbol = Int(token >> 16)
                        let code = codes[symbol]
                        let extra = lengths[symbol]
                        let bits = UInt64(code >> 5) << UInt64(extra) | UInt64(token & 0xFFFF)
                        writer.write(bits, count: (code & 31) &+ extra)
                    }
                }
            }
            count = writer.finish()
        }
    }
}
