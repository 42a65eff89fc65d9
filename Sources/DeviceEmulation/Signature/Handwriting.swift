import EnrolmentCore
import Glibc

/// Writes a name as a made-up cursive signature: loops of the height of its letters, a capital,
/// dots, and sometimes a line below. It resembles nobody's.
package struct Handwriting {
    private var seed: EmulationSeed
    private let slant: Double
    private let size: Double
    private let pace: Double
    private var strokes: [[PenPoint]] = []
    private var clock = 0

    /// The surface of a STU-430 in its own units, a hundredth of a millimetre each.
    private static let surface = (width: 9600.0, height: 6000.0)
    private static let baseline = 3500.0

    /// The same name and seed always give the same signature.
    package static func signature(of name: String, seed: UInt64 = 0) -> InkScript {
        var hand = Handwriting(name: name, seed: seed)
        hand.write(name)
        return InkScript(strokes: hand.strokes)
    }

    private init(name: String, seed: UInt64) {
        var generator = EmulationSeed(EmulationSeed(name).hashedWith(seed))
        slant = generator.number(in: 0.1...0.45)
        size = generator.number(in: 0.85...1.15)
        pace = generator.number(in: 0.8...1.25)
        self.seed = generator
    }

    private mutating func write(_ name: String) {
        let words = name.lowercased().split { !$0.isLetter }.prefix(4).map { Array($0.prefix(12)) }
        let letters = words.isEmpty ? [Array("mark")] : words
        let count = letters.reduce(0) { $0 + $1.count + 1 }
        let step = min(620, 6800 / Double(count))
        var x = (Self.surface.width - step * Double(count)) / 2
        for word in letters {
            write(word, from: x, step: step)
            x += step * Double(word.count + 1)
        }
        if seed.number(in: 0...1) < 0.6 { underline(to: x) }
    }

    private mutating func write(_ word: [Character], from start: Double, step: Double) {
        var path: [(x: Double, y: Double)] = []
        var dots: [(x: Double, y: Double)] = []
        for (index, letter) in word.enumerated() {
            let x = start + Double(index) * step
            path += loop(letter, isCapital: index == 0, at: x, step: step)
            if "ij".contains(letter), index > 0 { dots.append((x + step * 0.6, Self.baseline - 900 * size)) }
        }
        add(path)
        for dot in dots { add((0..<5).map { (dot.x + Double($0) * 6, dot.y + Double($0) * 9) }) }
    }

    /// One letter as one turn of a stretched cycloid above (or below) the line.
    private mutating func loop(
        _ letter: Character, isCapital: Bool, at start: Double, step: Double
    ) -> [(x: Double, y: Double)] {
        var height = 480 * size * seed.number(in: 0.8...1.2)
        if "bdfhklt".contains(letter) { height *= 2.1 }
        if "gjpqyz".contains(letter) { height *= -1.7 }
        if isCapital { height = abs(height) * 2.2 }
        let width = step * seed.number(in: 0.35...0.8)
        let samples = Int((isCapital ? 62 : 40) * pace)
        return (0..<samples).map { index in
            let turn = Double(index) / Double(samples)
            let rise = height * (1 - cos(2 * .pi * turn)) / 2
            let x = start + step * turn - width * sin(2 * .pi * turn) * 0.55 + slant * rise
            return (x, Self.baseline - rise + 40 * sin(2 * .pi * (turn + start / 900)))
        }
    }

    private mutating func underline(to end: Double) {
        let start = end * seed.number(in: 0.25...0.45)
        let samples = Int(70 * pace)
        let bend = seed.number(in: -160...260)
        let path = (0..<samples).map { index in
            let part = Double(index) / Double(samples - 1)
            return (x: end + (start - end) * part, y: Self.baseline + 560 + bend * sin(.pi * part) + 260 * part)
        }
        add(path)
    }

    /// A stroke along `path`, pressed lightly at its ends and harder where it goes down.
    private mutating func add(_ path: [(x: Double, y: Double)]) {
        let start = strokes.isEmpty ? 0 : clock + Int(seed.number(in: 30...60)) * InkScript.interval
        var points: [PenPoint] = []
        var previous = path.first?.y ?? 0
        for (index, place) in path.enumerated() {
            let fromEnd = Double(min(index + 1, path.count - index))
            let touch = min(1, fromEnd / 6)
            let down = max(-20, min(20, place.y - previous))
            previous = place.y
            let pressure = 60 + touch * (330 + down * 9 + seed.number(in: -14...14))
            points.append(
                PenPoint(
                    x: Int(max(60, min(Self.surface.width - 60, place.x))),
                    y: Int(max(60, min(Self.surface.height - 60, place.y))),
                    pressure: Int(max(40, min(1000, pressure))),
                    milliseconds: start + index * InkScript.interval))
        }
        clock = points.last?.milliseconds ?? clock
        strokes.append(points)
    }
}

extension EmulationSeed {
    /// A number that follows from this seed and `other`.
    fileprivate func hashedWith(_ other: UInt64) -> UInt64 {
        var generator = self
        return generator.next() ^ (other &* 0x2545_F491_4F6C_DD1D)
    }
}
