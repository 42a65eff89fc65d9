/// How many greys a scanner really uses: BSI TR-03121-3, AH-FP-OPT, counts those that at least five pixels of a
/// picture have, and looks at many pictures.
package struct DynamicRange: Hashable, Sendable {
    package let levels: Int

    /// Of 100 pictures a certified scanner uses so many in 80, and at least `least` in 99.
    package static let wanted = 200
    package static let least = 128
    private static let pixelsForALevel = 5

    package init(of image: GrayImage) {
        levels = Self.levels(of: image)
    }

    package static func levels(of image: GrayImage) -> Int {
        var counts = [Int](repeating: 0, count: 256)
        for pixel in image.pixels { counts[Int(pixel)] += 1 }
        return counts.count { $0 >= pixelsForALevel }
    }

    /// Whether a scanner that took these pictures passes; no pictures pass nothing.
    package static func areSufficient(_ pictures: [DynamicRange]) -> Bool {
        let (wanted, least) = (share(of: pictures, from: wanted), share(of: pictures, from: least))
        return wanted >= 0.80 && least >= 0.99
    }

    /// Which share of the pictures, from 0 to 1, uses at least so many greys.
    package static func share(of pictures: [DynamicRange], from levels: Int) -> Double {
        pictures.isEmpty ? 0 : Double(pictures.count { $0.levels >= levels }) / Double(pictures.count)
    }
}
