/// The ridges and valleys that a turned window crosses.
struct RidgeProfile {
    /// What separates ridge from valley at each place along the window: a straight line through the greys.
    private(set) var line = ContiguousArray<Double>(repeating: 0, count: TurnedWindow.long)
    private(set) var isRidge = ContiguousArray<Bool>(repeating: false, count: TurnedWindow.long)

    mutating func read(_ window: TurnedWindow) {
        let count = Double(TurnedWindow.long)
        let middle = (count + 1) / 2
        var (sum, moment) = (0.0, 0.0)
        for place in 0..<TurnedWindow.long {
            let grey = Double(window.sums[place]) / Double(TurnedWindow.short)
            sum += grey
            moment += grey * (Double(place + 1) - middle)
        }
        let slope = moment / (count * (count * count - 1) / 12)
        for place in 0..<TurnedWindow.long {
            // Rounded as NFIQ 2 rounds it, so that an even grey has no ridges.
            line[place] = ((sum / count + slope * (Double(place + 1) - middle)) * 1e9).rounded() / 1e9
            isRidge[place] = Double(window.sums[place]) / Double(TurnedWindow.short) < line[place]
        }
    }

    /// The local clarity score: how much of the ridges is dark and of the valleys light, 0 where the two have
    /// not the width of ridges.
    func clarity(of window: TurnedWindow) -> Double {
        let changes = changes(upTo: TurnedWindow.long)
        guard let first = changes.first else { return 0 }
        let widths = [first] + zip(changes.dropFirst(), changes).map { $0 - $1 }
        func mean(from start: Int) -> Double {
            let chosen = stride(from: start, to: widths.count, by: 2).map { Double(widths[$0]) / 20 }
            return chosen.isEmpty ? 0 : chosen.reduce(0, +) * (1 / Double(chosen.count))
        }
        // In the recipe's unit of 20 pixels, so that a mean on a limit falls on its side of it.
        let (ridge, valley) = isRidge[0] ? (mean(from: 0), mean(from: 1)) : (mean(from: 1), mean(from: 0))
        guard (3.0 / 20...0.5).contains(ridge), (0.1...0.5).contains(valley) else { return 0 }
        var (lightOnRidges, ridges, darkInValleys, valleys) = (0, 0, 0, 0)
        for place in 0..<TurnedWindow.long {
            var dark = 0
            for beside in 0..<TurnedWindow.short
            where Double(window.pixels[place * TurnedWindow.short + beside]) < line[place] {
                dark += 1
            }
            if isRidge[place] {
                lightOnRidges += TurnedWindow.short - dark
                ridges += TurnedWindow.short
            } else {
                darkInValleys += dark
                valleys += TurnedWindow.short
            }
        }
        guard ridges > 0, valleys > 0 else { return 0 }
        return 1 - (Double(darkInValleys) / Double(valleys) + Double(lightOnRidges) / Double(ridges)) / 2
    }

    /// The widths of neighbouring ridges and valleys over each other, those that the window cuts left out.
    func appendRatios(to ratios: inout [Double]) {
        let changes = changes(upTo: TurnedWindow.long - 1)
        guard let first = changes.first, let last = changes.last, first + 1 < last else { return }
        let beginsWithRidge = isRidge[first + 1] ? 1 : 0
        let ends = changes.dropFirst().map { $0 - first }
        guard ends.count > 2 else { return }
        let widths = (1..<ends.count).reversed().map { Double(ends[$0] - ends[$0 - 1]) }
        for index in 0..<(widths.count - 1) {
            let ratio = widths[index] / widths[index + 1]
            ratios.append(index % 2 == beginsWithRidge && index >= beginsWithRidge ? 1 / ratio : ratio)
        }
    }

    /// The last place before each change from ridge to valley or back.
    private func changes(upTo end: Int) -> [Int] {
        (1..<end).filter { isRidge[$0] != isRidge[$0 - 1] }.map { $0 - 1 }
    }
}
