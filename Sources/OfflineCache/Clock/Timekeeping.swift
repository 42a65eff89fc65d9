package import EnrolmentCore

/// What tells a store more about the time than its wall clock does; passed in, so that a test decides.
package struct Timekeeping: Sendable {
    /// The clock that nobody can set; nil where nothing is measured against it.
    let uptime: (any UptimeClock)?
    let network: any NetworkTimeSource

    package init(uptime: (any UptimeClock)?, network: any NetworkTimeSource = NoNetworkTime()) {
        self.uptime = uptime
        self.network = network
    }

    /// Nothing more: jumps are not seen, and a comparison with central is forgotten when it ends.
    package static let none = Timekeeping(uptime: nil)
}

/// A wall clock that brings along what is measured beside it: the machine's own does, a test's need not.
package protocol TimekeepingClock: WallClock {
    var timekeeping: Timekeeping { get }
}

/// Whether a time server keeps the machine's clock right.
package protocol NetworkTimeSource: Sendable {
    /// The largest error that the machine's clock may have by its time server's word; nil when none keeps it.
    func largestError() -> Duration?
}

/// No time server.
package struct NoNetworkTime: NetworkTimeSource {
    package init() {}

    package func largestError() -> Duration? { nil }
}
