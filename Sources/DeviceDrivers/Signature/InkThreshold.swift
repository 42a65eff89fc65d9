/// The pressures at which ink starts and stops (report 22). The gap between them keeps a light hand
/// from tearing a stroke to pieces.
struct InkThreshold: Hashable {
    let on: Int
    let off: Int

    /// What a pad has after a reset.
    static let usual = InkThreshold(on: 21, off: 16)

    private init(on: Int, off: Int) {
        self.on = on
        self.off = off
    }

    /// - Returns: nil for a report that is too short or whose pressures no pen on this pad reaches.
    init?(_ report: [UInt8], maximumPressure: Int) {
        guard report.count >= 5, report[0] == STUReportID.inkThreshold else { return nil }
        let on = Int(report[1]) | Int(report[2]) << 8
        let off = Int(report[3]) | Int(report[4]) << 8
        guard off <= on, on < maximumPressure else { return nil }
        self.init(on: on, off: off)
    }
}
