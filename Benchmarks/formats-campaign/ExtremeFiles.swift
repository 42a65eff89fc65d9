/// WSQ files that ask for as much as they can in as few bytes: all bands coded, every code one bit.
struct ExtremeFiles {
    private let frame: [UInt8]
    private let transform: [UInt8]

    /// - Parameter base: a file whose filters and grey scale are taken.
    init(_ base: [UInt8]) {
        let segments = FileMutator.segments(base)
        func segment(_ marker: UInt8) -> [UInt8] {
            segments.first { base[$0.lowerBound + 1] == marker }.map { Array(base[$0]) } ?? []
        }
        frame = segment(0xA2)
        transform = segment(0xA4)
    }

    var files: [(name: String, bytes: [UInt8])] {
        // Three quarters of a picture are coded: 384 runs of 32768 for 4096 x 4096.
        let oneRun: [UInt8] = [0, 1] + [UInt8](repeating: 0, count: 15)
        let runs = Self.packed(Array(repeating: oneRun, count: 384).flatMap { $0 })
        let coefficients = [UInt8](repeating: 0, count: 4096 * 4096 * 3 / 4 / 8)
        return [
            ("frame alone of 65535 x 65535", [0xFF, 0xA0] + sized(65535)),
            ("65535 x 65535", file(side: 65535, symbol: 106, runs)),
            ("4096 x 4096 of zeros in runs", file(side: 4096, symbol: 106, runs)),
            ("4096 x 4096 of nothing but ones", file(side: 4096, symbol: 181, coefficients)),
        ]
    }

    private func sized(_ side: Int) -> [UInt8] {
        guard frame.count == 19 else { return frame }
        let two = [UInt8(side >> 8), UInt8(side & 0xFF)]
        return frame[..<6] + two + two + frame[10...]
    }

    private func file(side: Int, symbol: UInt8, _ entropyData: [UInt8]) -> [UInt8] {
        let band: [UInt8] = [0, 0, 20, 0, 0, 24]
        let quantisation: [UInt8] =
            [0xFF, 0xA5, 0x01, 0x85, 2, 0, 44] + Array(repeating: band, count: 64).flatMap { $0 }
        let table: [UInt8] = [0xFF, 0xA6, 0, 20, 0, 1] + [UInt8](repeating: 0, count: 15) + [symbol]
        let block: [UInt8] = [0xFF, 0xA3, 0, 3, 0]
        return [0xFF, 0xA0] + transform + quantisation + sized(side) + table + block + entropyData + [0xFF, 0xA1]
    }

    private static func packed(_ bits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { bits[$0..<($0 + 8)].reduce(0) { $0 << 1 | $1 } }
    }
}
