/// An input report of the pad.
enum PenReport: Hashable {
    case sample(PenSample)
    /// Pen data under a session key that nobody here agreed on.
    case encrypted
    /// No pen report, or one of another length than its id has.
    case foreign

    init(_ report: [UInt8]) {
        switch (report.first, report.count) {
        case (0x01, 7), (0x30, 9): self = .sample(PenSample(report, tick: nil, sequence: nil))
        case (0x34, 11):
            let tick = UInt16(report[7]) << 8 | UInt16(report[8])
            let sequence = UInt16(report[9]) << 8 | UInt16(report[10])
            self = .sample(PenSample(report, tick: tick, sequence: sequence))
        case (0x10, 17), (0x31, 21), (0x33, 17): self = .encrypted
        default: self = .foreign
        }
    }
}

/// One moment of the pen, as the pad tells it (reports 01, 30 and 34).
struct PenSample: Hashable {
    /// The pen is near enough for its place to mean something.
    let isInRange: Bool
    /// The switch in the pen's tip is closed.
    let isTipPressed: Bool
    let pressure: Int
    let x: Int
    let y: Int
    /// Milliseconds of the pad's own clock, modulo 65,536; report 34 only.
    let tick: UInt16?
    /// Numbers the reports, modulo 65,536; report 34 only.
    let sequence: UInt16?

    /// - Precondition: `report` holds at least 7 bytes.
    fileprivate init(_ report: [UInt8], tick: UInt16?, sequence: UInt16?) {
        isInRange = report[1] & 0x80 != 0
        isTipPressed = report[1] & 0x70 != 0
        pressure = Int(report[1] & 0x0F) << 8 | Int(report[2])
        x = Int(report[3]) << 8 | Int(report[4])
        y = Int(report[5]) << 8 | Int(report[6])
        self.tick = tick
        self.sequence = sequence
    }
}
