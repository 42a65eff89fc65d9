/// One step of what is to be done with the pad, in order.
enum STUStep: Hashable {
    /// Ask for the status until the pad is ready, getting it out of whatever it was left in.
    case settle
    /// Ask for a report; one that not every pad has is skipped when refused.
    case ask(UInt8, isOptional: Bool = false)
    /// Send a report and check, by the status, that it was taken.
    case command([UInt8], isOptional: Bool = false)
    /// Let time pass; pen reports that come meanwhile are thrown away.
    case pause(Duration)
    /// Take ink until it ends.
    case ink

    static let inkingOff = command([STUReportID.inkingMode, 0])
    static let inkingOn = command([STUReportID.inkingMode, 1])
    static let clearScreen = command([STUReportID.clearScreen, 0])
    static let softReset = command([STUReportID.reset, 0])
    static let endCapture = command([STUReportID.endCapture, 0])
    static let abandonImage = command([STUReportID.endImage, 1])

    /// What the pad's maker knows about the pad.
    static let identification: [STUStep] = [
        .settle, .ask(STUReportID.information), .ask(STUReportID.serialNumber, isOptional: true),
    ]

    /// The old picture goes before inking starts: an earlier program may have died with a signature on the screen.
    static let preparation: [STUStep] = [
        .ask(STUReportID.capability), .ask(STUReportID.inkThreshold, isOptional: true), .inkingOff, .clearScreen,
        .settle, .command([STUReportID.penDataOptionMode, 3], isOptional: true), .inkingOn, .pause(.milliseconds(20)),
    ]

    /// Leaves no signature on the screen and the pad as the next program expects it.
    static let cleaning: [STUStep] = [
        .inkingOff, .clearScreen, .settle, .command([STUReportID.penDataOptionMode, 0], isOptional: true),
    ]

    /// What clears the screen when clearing it is refused. A reset turns inking on again.
    static let forcedClearing: [STUStep] = [
        .softReset, .pause(.milliseconds(1100)), .settle, .inkingOff,
    ]
}
