/// A colour while it is mixed; each part from 0 to 1.
struct Colour: Hashable {
    var red: Float
    var green: Float
    var blue: Float

    init(_ red: Float, _ green: Float, _ blue: Float) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Brighter or, below 1, darker.
    func lit(_ light: Float) -> Colour { Colour(red * light, green * light, blue * light) }

    /// This colour with `share` of another mixed in.
    func mixed(_ other: Colour, _ share: Float) -> Colour {
        Colour(
            red + (other.red - red) * share, green + (other.green - green) * share, blue + (other.blue - blue) * share)
    }
}
