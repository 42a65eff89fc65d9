/// What the pad is doing, and how the last command ended (report 03).
struct STUStatus: Hashable {
    let activity: Activity
    /// 0 for success.
    let lastResult: UInt8

    enum Activity: Hashable {
        case ready
        /// It takes a picture, or is busy clearing the screen.
        case image
        /// It streams encrypted pen data.
        case capture
        /// It starts, calculates or stores: it will be ready by itself.
        case busy
    }

    /// The pad was in an activity that does not allow the command.
    static let wrongState: UInt8 = 0x02

    /// - Returns: nil for a report that is none or is too short.
    init?(_ report: [UInt8]) {
        guard report.count >= 3, report[0] == STUReportID.status else { return nil }
        switch report[1] {
        case 0x00: activity = .ready
        case 0x01: activity = .image
        case 0x02: activity = .capture
        default: activity = .busy
        }
        lastResult = report[2]
    }
}
