import StationTestSupport
import Testing

@testable import BiometricFormats

@Suite("WSQ numbers and code tables")
struct WSQTablesTests {
    @Test("a scaled number keeps as many digits as fit")
    func scaled() {
        #expect(WSQScaledNumber(128) == WSQScaledNumber(exponent: 2, mantissa: 12800))
        #expect(WSQScaledNumber(255) == WSQScaledNumber(exponent: 2, mantissa: 25500))
        #expect(WSQScaledNumber(216.297755) == WSQScaledNumber(exponent: 2, mantissa: 21630))
        #expect(WSQScaledNumber(1.682014) == WSQScaledNumber(exponent: 4, mantissa: 16820))
        #expect(WSQScaledNumber(0) == .zero)
        #expect(abs(WSQScaledNumber(0.44).value - 0.44) < 1e-12)
        #expect(WSQScaledNumber(1e9).value == 65534)
    }

    @Test("the stored filters are the standard ones")
    func filters() {
        let taps = WSQFilters.standardStored.map { tap in
            Float(WSQScaledNumber.scale(Double(tap.mantissa), tap.exponent)) * (tap.negative ? -1 : 1)
        }
        for (stored, used) in zip(taps, WSQFilters.standard.low + WSQFilters.standard.high) {
            #expect(abs(stored - used) < 1e-7)
        }
    }

    @Test("codes are free of prefixes, leave all ones unused and favour frequent symbols")
    func huffman() {
        var generator = SeededGenerator(seed: 21)
        for round in 0..<50 {
            var counts = [Int](repeating: 0, count: 256)
            for symbol in 0..<256 where Bool.random(using: &generator) {
                // Steep enough for codes longer than 16 bits before they are limited.
                counts[symbol] = 1 << Int.random(in: 0...24, using: &generator)
            }
            let table = WSQHuffmanTable(counts: counts)
            let codes = table.codes()
            var used = 0.0
            for symbol in 0..<256 {
                let length = codes[symbol] & 31
                #expect((length > 0) == (counts[symbol] > 0), "seed 21, round \(round)")
                if length > 0 {
                    used += 1 / Double(1 << length)
                    #expect(codes[symbol] >> 5 != (1 << length) - 1, "all ones in round \(round)")
                }
            }
            #expect(used < 1)
            let most = counts.indices.max { counts[$0] < counts[$1] } ?? 0
            #expect(codes.filter { $0 > 0 }.allSatisfy { $0 & 31 >= codes[most] & 31 })
        }
    }

    @Test("one symbol alone gets the code 0")
    func oneSymbol() {
        var counts = [Int](repeating: 0, count: 256)
        counts[42] = 7
        let table = WSQHuffmanTable(counts: counts)
        #expect(table.lengthCounts[0] == 1 && table.symbols == [42])
        #expect(table.codes()[42] == 1)
        #expect(WSQHuffmanTable(counts: [Int](repeating: 0, count: 256)) == .empty)
    }

    @Test("counts that are no prefix code are refused")
    func invalidTable() {
        var lengths = [UInt8](repeating: 0, count: 16)
        lengths[0] = 3
        let table = WSQHuffmanTable(lengthCounts: lengths, symbols: [1, 2, 3])
        #expect(throws: WSQError.invalidSegment(.huffman)) { try WSQHuffmanDecoder(table) }
    }

    @Test("runs and coefficients of every size come back", arguments: [false, true])
    func symbols(_ negative: Bool) throws {
        let sizes = [1, 73, 74, 75, 255, 256, 32767]
        let runs = [1, 100, 101, 255, 256, 65535, 65536, 140_000]
        var coefficients: [Int16] = []
        for (size, run) in zip(sizes + [2], runs) {
            coefficients += [Int16](repeating: 0, count: run) + [Int16(negative ? -size : size)]
        }
        let coder = coefficients.withUnsafeBufferPointer { WSQBlockCoder($0) }
        let table = WSQHuffmanTable(counts: coder.counts)
        let data = coder.entropyData(table) + [0xFF, 0xA1]
        var areas = [Int](repeating: 0, count: 60)
        areas[0] = coefficients.count
        var decoded = WSQCoefficients(bandAreas: areas)
        let decoder = try WSQHuffmanDecoder(table)
        let end = try data.withUnsafeBufferPointer { (bytes) throws(WSQError) -> Int in
            try decoded.decodeBlock(bytes, from: 0, decoder)
        }
        #expect(end == data.count - 2)
        #expect(decoded.isComplete)
        var result = [Int16](repeating: 0, count: coefficients.count)
        var position = -1
        for entry in decoded.entries {
            position += 1 + WSQCoefficients.zeros(entry)
            result[position] = Int16(WSQCoefficients.value(entry))
        }
        #expect(result == coefficients)
    }
}
