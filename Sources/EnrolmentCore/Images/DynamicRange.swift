/// How many greys a scanner really uses: BSI TR-03121-3, AH-FP-OPT, counts those that at least five pixels of a
/// picture have.
package struct DynamicRange: Hashable, Sendable {
    /// For each picture, the greys that it uses.
    package let levels: [Int]

    /// In 80 of 100 pictures a certified scanner uses so many, and in 99 of 100 at least `least`.
    package static let wanted = 200
    package static let least = 128
    private static let pixelsForALevel = 5

    package init(of images: [GrayImage]) {
        levels = images.map(Self.levels)
    }

    package static func levels(of image: GrayImage) -> Int {
        var counts = [Int](repeating: 0, count: 256)
        for pixel in image.pixels { counts[Int(pixel)] += 1 }
        return counts.count { $0 >= pixelsForALevel }
    }

    /// From 0 to 1; 0 without pictures.
    package var shareWithWanted: Double { share { $0 >= Self.wanted } }
    package var shareWithLeast: Double { share { $0 >= Self.least } }

    package var isSufficient: Bool { shareWithWanted >= 0.80 && shareWithLeast >= 0.99 }

    private func share(_ isCounted: (Int) -> Bool) -> Double {
        levels.isEmpty ? 0 : Double(levels.count(where: isCounted)) / Double(levels.count)
    }
}
