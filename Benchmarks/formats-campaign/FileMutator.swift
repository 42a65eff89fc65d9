import StationTestSupport

/// Damages files in the ways that break parsers, and WSQ files in the ways that break theirs.
struct FileMutator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// One to four changes, of which half go to the first 700 bytes, where a format keeps its tables.
    ///
    /// Half of the files keep their length, or else the checks of lengths would hide what lies behind them.
    mutating func mutated(_ original: [UInt8], with other: [UInt8], isWSQ: Bool) -> [UInt8] {
        var bytes = original
        let keepsLength = below(2) == 0
        for _ in 0..<(1 + below(4)) where !bytes.isEmpty {
            if isWSQ, below(3) == 0 {
                changeSegments(&bytes, with: other, keepsLength)
            } else {
                changeBytes(&bytes, with: other, keepsLength)
            }
        }
        return bytes
    }

    private mutating func changeBytes(_ bytes: inout [UInt8], with other: [UInt8], _ keepsLength: Bool) {
        let place = below(2) == 0 ? below(min(bytes.count, 700)) : below(bytes.count)
        let length = min(1 + below(16), bytes.count - place)
        switch below(keepsLength ? 6 : 10) {
        case 0: bytes[place] ^= 1 << UInt8(below(8))
        case 1: bytes[place] = UInt8(below(256))
        case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][below(5)]
        case 3: for index in place..<(place + length) { bytes[index] = 0xFF }
        case 4: for index in place..<(place + length) { bytes[index] = UInt8(below(256)) }
        case 5 where length > 1:
            // A restart marker, or one near it.
            bytes[place] = 0xFF
            bytes[place + 1] = 0xB0 + UInt8(below(9))
        case 5, 6: bytes.removeSubrange(place..<(place + length))
        case 7: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
        case 8: bytes.removeLast(bytes.count - place)
        default:
            // The head of one file with the tail of another.
            bytes.removeLast(bytes.count - place)
            bytes += other.dropFirst(below(other.count))
        }
    }

    private mutating func changeSegments(_ bytes: inout [UInt8], with other: [UInt8], _ keepsLength: Bool) {
        let segments = Self.segments(bytes)
        guard segments.count > 1 else { return }
        let chosen = segments[below(segments.count)]
        let second = segments[below(segments.count)]
        switch below(keepsLength ? 3 : 6) {
        case 0: changeSize(&bytes, segments)
        case 1: changeTable(&bytes, segments)
        case 2: for index in chosen.dropFirst(5) where below(4) == 0 { bytes[index] = UInt8(below(256)) }
        case 3: bytes.insert(contentsOf: bytes[chosen], at: second.lowerBound)
        case 4: bytes.removeSubrange(chosen)
        default:
            let foreign = Self.segments(other).randomElement(using: &random) ?? 0..<0
            bytes.insert(contentsOf: other[foreign], at: second.lowerBound)
        }
    }

    /// Another size of the picture, for which the coefficients do not add up.
    private mutating func changeSize(_ bytes: inout [UInt8], _ segments: [Range<Int>]) {
        guard let frame = segments.first(where: { bytes[$0.lowerBound + 1] == 0xA2 }), frame.count >= 10 else { return }
        let sides = [below(8), below(64), below(600), below(4097), below(65536)]
        for place in [frame.lowerBound + 6, frame.lowerBound + 8] where below(3) > 0 {
            let side = sides[below(5)]
            bytes[place] = UInt8(side >> 8)
            bytes[place + 1] = UInt8(side & 0xFF)
        }
    }

    /// Another code with the same symbols.
    private mutating func changeTable(_ bytes: inout [UInt8], _ segments: [Range<Int>]) {
        guard let table = segments.last(where: { bytes[$0.lowerBound + 1] == 0xA6 }), table.count >= 21 else { return }
        for _ in 0..<(1 + below(3)) {
            bytes[table.lowerBound + 5 + below(16)] &-= 1
            bytes[table.lowerBound + 5 + below(16)] &+= 1
        }
    }

    /// Where the segments of a WSQ file lie, entropy data with the marker before it.
    static func segments(_ bytes: [UInt8]) -> [Range<Int>] {
        var starts: [Int] = []
        var index = 2
        while index + 1 < bytes.count {
            guard bytes[index] == 0xFF, (0xA2...0xA8).contains(bytes[index + 1]) else {
                index += 1
                continue
            }
            starts.append(index)
            let length = index + 3 < bytes.count ? Int(bytes[index + 2]) << 8 | Int(bytes[index + 3]) : 0
            index += 2 + length
        }
        return zip(starts, starts.dropFirst() + [bytes.count]).map { $0..<max($0, min($1, bytes.count)) }
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<max(1, limit), using: &random) }
}
