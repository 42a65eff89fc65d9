import Foundation

/// How much of the change along a turned window has one frequency, as that of ridges has.
struct FrequencyProfile {
    /// Half of the window's frequencies; the others mirror them.
    private static let count = TurnedWindow.long / 2
    private static let cosines = (0..<TurnedWindow.long).map {
        cos(2 * Double.pi * Double($0) / Double(TurnedWindow.long))
    }

    private var amplitudes = ContiguousArray<Double>(repeating: 0, count: FrequencyProfile.count + 1)

    /// The strongest frequency with a part of its neighbours over all; 1 when it is the lowest, as NFIQ 2 has it.
    mutating func clarity(of window: TurnedWindow) -> Double {
        let length = TurnedWindow.long
        for frequency in 1...Self.count {
            var (real, imaginary) = (0.0, 0.0)
            for place in 0..<length {
                let grey = Double(window.sums[place])
                let turn = place * frequency % length
                real += grey * Self.cosines[turn]
                imaginary += grey * Self.cosines[(turn + length / 4) % length]
            }
            amplitudes[frequency] = (real * real + imaginary * imaginary).squareRoot()
        }
        var strongest = 1
        for frequency in 2...Self.count where amplitudes[frequency] > amplitudes[strongest] { strongest = frequency }
        guard strongest > 1 else { return 1 }
        let sum = amplitudes[1..<Self.count].reduce(0, +)
        // Past the highest they come again from above.
        let after = strongest == Self.count ? amplitudes[strongest - 1] : amplitudes[strongest + 1]
        return sum == 0 ? 1 : (amplitudes[strongest] + 0.3 * (amplitudes[strongest - 1] + after)) / sum
    }
}
