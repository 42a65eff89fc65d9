/// The inside of an emulated STU-430: its reports and what they do.
///
/// It knows the reports that a signature needs, and the picture reports as far as their states go;
/// it stalls on all others, encryption among them, which a real pad has.
struct STU430State {
    private(set) var isInking = true
    /// Touching samples that the screen shows.
    private(set) var inkOnScreen = 0
    private(set) var optionMode: UInt8 = 0
    private(set) var lastResult: UInt8 = 0
    private var activity: UInt8
    private var clearedAt: Duration = .zero
    private let faults: [PadFault]

    private static let capability: [UInt8] = [
        0x09, 0x25, 0x80, 0x17, 0x70, 0x03, 0xFF, 0x01, 0x40, 0x00, 0xC8, 0xC8, 0x09, 0xEC, 0x02, 0x00, 0x00,
    ]
    private static let resultWrongState: UInt8 = 0x02
    private static let resultBadParameter: UInt8 = 0x04

    init(faults: [PadFault]) {
        self.faults = faults
        activity = 0
        for case .leftIn(let code) in faults {
            activity = code
            inkOnScreen = 1
        }
    }

    /// Whether pen reports carry encrypted data.
    var isEncrypting: Bool { activity == 0x02 }

    /// - Returns: the report, or nil for one that the pad does not have.
    func reply(to id: UInt8, at now: Duration) -> [UInt8]? {
        if faults.contains(.refusesReport(id)) { return nil }
        let report: [UInt8]
        switch id {
        case 0x03: report = [id, currentActivity(at: now), lastResult, 0, 0]
        case 0x08: report = [id] + Array("STU-430".utf8) + [0, 0, 0x01, 0x03, 0, 0, 0, 0, 0]
        case 0x09: report = Self.capability
        case 0x0B: report = [id] + Array("EMU0000430".utf8)
        case 0x21: report = [id, isInking ? 1 : 0]
        case 0x22: report = [id, 21, 0, 16, 0]
        case 0x32: report = [id, optionMode]
        default: return nil
        }
        for case .replyLength(id, let length) in faults { return Array((report + report).prefix(length)) }
        return report
    }

    /// - Returns: false for a report that the pad does not have, or of another length.
    mutating func take(_ report: [UInt8], at now: Duration) -> Bool {
        let lengths: [UInt8: Int] = [
            0x04: 2, 0x16: 2, 0x20: 2, 0x21: 2, 0x25: 2, 0x26: 256, 0x27: 2, 0x32: 2,
        ]
        guard let id = report.first, lengths[id] == report.count, !faults.contains(.refusesReport(id)) else {
            return false
        }
        for case .result(id, let code) in faults {
            lastResult = code
            return true
        }
        lastResult = perform(id, report[1], at: now)
        return true
    }

    mutating func draw() {
        if isInking { inkOnScreen += 1 }
    }

    private mutating func perform(_ id: UInt8, _ value: UInt8, at now: Duration) -> UInt8 {
        let current = currentActivity(at: now)
        switch (id, current) {
        case (0x04, _):
            (activity, isInking, inkOnScreen, optionMode) = (0, true, 0, 0)
        case (0x16, 0x02), (0x27, 0x01): activity = 0
        case (0x20, 0x00):
            inkOnScreen = 0
            clearedAt = now
        case (0x21, _), (0x32, _):
            guard value <= (id == 0x21 ? 1 : 3) else { return Self.resultBadParameter }
            if id == 0x21 { isInking = value == 1 } else { optionMode = value }
        case (0x25, 0x00): activity = 0x01
        case (0x26, 0x01): break
        default: return Self.resultWrongState
        }
        return 0
    }

    private func currentActivity(at now: Duration) -> UInt8 {
        for case .stuckIn(let code) in faults { return code }
        for case .slowClearing(let time) in faults where activity == 0 && clearedAt > .zero {
            if now - clearedAt < time { return 0x01 }
        }
        return activity
    }
}
