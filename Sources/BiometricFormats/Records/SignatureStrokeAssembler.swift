import EnrolmentCore

/// Turns the points of a time series, one by one, into strokes.
struct SignatureStrokeAssembler {
    private let descriptions: [SignatureChannel: SignatureChannelDescription]
    private let perX: Double
    private let perY: Double
    private var strokes: [[PenPoint]] = []
    private var current: [PenPoint] = []
    private var elapsed = 0.0
    private(set) var greatestForce = 0
    /// Some 30 years in milliseconds: no signature, but no overflow either.
    private static let longest = 1e12

    init(_ descriptions: [SignatureChannel: SignatureChannelDescription]) {
        self.descriptions = descriptions
        perX = descriptions[.x].map(Self.hundredthsPerUnit) ?? 1
        perY = descriptions[.y].map(Self.hundredthsPerUnit) ?? 1
    }

    static func hundredthsPerUnit(_ description: SignatureChannelDescription) -> Double {
        100 / (description.scaling?.value ?? 100)
    }

    /// - Parameter values: of the channels that are not constant.
    mutating func add(_ values: [SignatureChannel: Int]) {
        func value(_ channel: SignatureChannel) -> Int? {
            values[channel] ?? descriptions[channel].map(\.constant)
        }
        let force = value(.force)
        greatestForce = max(greatestForce, force ?? 0)
        if let time = value(.time) {
            elapsed = milliseconds(time, .time)
        } else {
            elapsed = min(elapsed + milliseconds(value(.timeStep) ?? 0, .timeStep), Self.longest)
        }
        let isDown = value(.penDown).map { $0 != 0 } ?? (force.map { $0 > 0 } ?? true)
        guard isDown else {
            endStroke()
            return
        }
        current.append(
            PenPoint(
                x: Int((Double(value(.x) ?? 0) * perX).rounded()), y: Int((Double(value(.y) ?? 0) * perY).rounded()),
                pressure: force ?? 1, milliseconds: Int(elapsed.rounded())))
    }

    mutating func finish() -> [[PenPoint]] {
        endStroke()
        return strokes
    }

    private mutating func endStroke() {
        if !current.isEmpty { strokes.append(current) }
        current = []
    }

    private func milliseconds(_ stored: Int, _ channel: SignatureChannel) -> Double {
        Double(stored) * 1000 / (descriptions[channel]?.scaling?.value ?? 1000)
    }
}
