/// What tells one drawn face from another, all from a seed. Lengths are millimetres on the photo.
struct FaceTraits {
    enum Hair: CaseIterable {
        case short, long, receding
    }

    let skin: Colour
    let hairColour: Colour
    let iris: Colour
    let clothes: Colour
    let hair: Hair
    let hasBeard: Bool
    let hasGreyBrows: Bool
    /// Half the width of the face at the cheekbones.
    let halfWidth: Float
    /// How far the jaw narrows, 0 to 1.
    let jaw: Float
    let eyeDistance: Float
    let noseLength: Float
    let mouthWidth: Float
    let smile: Float
    let browHeight: Float

    private static let skins = [
        Colour(0.93, 0.76, 0.66), Colour(0.88, 0.70, 0.57), Colour(0.80, 0.60, 0.46), Colour(0.62, 0.43, 0.32),
        Colour(0.45, 0.31, 0.24),
    ]
    private static let hairColours = [
        Colour(0.13, 0.10, 0.09), Colour(0.28, 0.18, 0.11), Colour(0.45, 0.30, 0.17), Colour(0.72, 0.57, 0.34),
        Colour(0.66, 0.65, 0.64), Colour(0.52, 0.24, 0.12),
    ]
    private static let irises = [
        Colour(0.30, 0.20, 0.12), Colour(0.25, 0.38, 0.50), Colour(0.33, 0.40, 0.26), Colour(0.20, 0.14, 0.10),
    ]
    private static let clothing = [
        Colour(0.17, 0.22, 0.33), Colour(0.36, 0.14, 0.18), Colour(0.16, 0.30, 0.26), Colour(0.30, 0.30, 0.33),
        Colour(0.42, 0.34, 0.24),
    ]

    init(seed: UInt64) {
        var generator = EmulationSeed(seed)
        func pick<Element>(_ list: [Element]) -> Element { list[Int(generator.next() % UInt64(list.count))] }
        func number(_ range: ClosedRange<Double>) -> Float { Float(generator.number(in: range)) }
        skin = pick(Self.skins)
        hairColour = pick(Self.hairColours)
        iris = pick(Self.irises)
        clothes = pick(Self.clothing)
        hair = pick(Hair.allCases)
        hasBeard = hair != .long && number(0...1) < 0.4
        hasGreyBrows = hairColour.red > 0.6 && hairColour.blue > 0.5
        halfWidth = number(10.6...11.8)
        jaw = number(0.1...0.26)
        eyeDistance = number(9.6...10.8)
        noseLength = number(6.8...8.0)
        mouthWidth = number(3.9...4.9)
        smile = number(0.2...0.5)
        browHeight = number(3.0...3.8)
    }
}
