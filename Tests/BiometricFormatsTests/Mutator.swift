import StationTestSupport

/// Damages files in the ways that break parsers.
struct Mutator {
    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// One to four changes: a bit, a byte, a number at its edge, a cut, a doubled or a removed part.
    mutating func mutated(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let length = min(Int.random(in: 1...16, using: &generator), bytes.count - place)
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
            case 3: bytes.replaceSubrange(place..<(place + length), with: [UInt8](repeating: 0xFF, count: length))
            case 4: bytes.removeSubrange(place..<(place + length))
            case 5: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            default: bytes.removeLast(bytes.count - place)
            }
        }
        return bytes
    }
}
