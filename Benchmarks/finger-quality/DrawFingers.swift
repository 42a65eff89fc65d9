import ArgumentParser
import BiometricFormats
import DeviceEmulation
import EnrolmentCore
import Foundation

/// Draws fingers of many people, each laid down once with care and three times badly.
struct DrawFingers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "draw")

    @Argument(help: "A folder for the pictures (PGM).") var folder: String
    @Argument(help: "The first person's number; the same numbers give the same pictures.") var first: UInt64
    @Argument(help: "How many people.") var count: UInt64

    private static let glasses: [FingerGlass] = [
        .plain, .morpho, FingerGlass(width: 500, height: 500), FingerGlass(width: 375, height: 383),
    ]

    func run() throws {
        let folder = URL(filePath: folder, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for person in first..<(first + count) {
            var random = SeededChance(state: person)
            let position = FingerPosition.allCases[Int(person % UInt64(FingerPosition.allCases.count))]
            let wear = Bool.random(using: &random) ? 0 : Float.random(in: 0...1, using: &random)
            let finger = SyntheticFinger(person: person, position: position, wear: wear)
            let glass = Self.glasses[Int(person / 3 % UInt64(Self.glasses.count))]
            for number in 0..<4 {
                var touch = FingerTouch(seed: person &* 31 &+ UInt64(number))
                for _ in 0..<(number == 0 ? 0 : number % 2 + 1) { Self.spoil(&touch, using: &random) }
                let file = PGMCodec().encode(finger.picture(touch, on: glass))
                try Data(file).write(to: folder.appending(path: "p\(person)_\(number).pgm"))
            }
        }
    }

    private static func spoil(_ touch: inout FingerTouch, using random: inout SeededChance) {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: touch.pressure = .random(in: 0.25...0.9, using: &random)
        case 1: touch.pressure = .random(in: 1.1...2, using: &random)
        case 2: touch.moisture = .random(in: -1...(-0.1), using: &random)
        case 3: touch.moisture = .random(in: 0.1...1, using: &random)
        case 4: touch.rotation = .random(in: -60...60, using: &random)
        case 5:
            touch.shift = FingerTouch.Shift(
                right: .random(in: -9...9, using: &random), down: .random(in: -9...9, using: &random))
        case 6: touch.coverage = .random(in: 0.15...0.95, using: &random)
        default:
            touch.noise = .random(in: 0...1, using: &random)
            touch.slide = .random(in: 0...2, using: &random)
        }
    }
}

/// A source of chance that follows from its seed.
private struct SeededChance: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
