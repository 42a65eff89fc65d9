package import EnrolmentCore

/// What the home screen says of the kit itself.
package struct KitState: Hashable, Sendable {
    package var devices: [DeviceKind: DeviceCondition]
    package var store: StoreCondition
    package var clock: TimeConfidence
    package var central: CentralCondition
    /// What somebody should do something about before it hurts, the most pressing first.
    package var warnings: [KitWarning]

    package init(
        devices: [DeviceKind: DeviceCondition], store: StoreCondition, clock: TimeConfidence,
        central: CentralCondition, warnings: [KitWarning] = []
    ) {
        self.devices = devices
        self.store = store
        self.clock = clock
        self.central = central
        self.warnings = warnings
    }

    /// Before anything was looked at.
    package static let unknown = KitState(devices: [:], store: .unknown, clock: .plausible, central: .unknown)
}

/// Whether a device can be used.
package enum DeviceCondition: Hashable, Sendable {
    case ready(product: String)
    case failed(DeviceError.Problem)
}

/// Whether captures can be kept.
package enum StoreCondition: Hashable, Sendable {
    case unknown
    /// - Parameter visits: how many more fit, as the last ones were; nil when that cannot be told.
    case ready(freeBytes: Int64, visits: Int?)
    case failed(FailureCode.Store)
}

/// What the home screen warns of while work can still go on.
package enum KitWarning: Hashable, Sendable {
    /// Packets, rows or files that are not as the kit kept them.
    case keptDamaged(items: Int)
    /// So many files could be read by others until the kit closed them.
    case filesClosed(Int)
    /// So many visits still fit.
    case spaceLow(visits: Int)
    /// Only what was begun can be finished.
    case spaceReserved
    /// Cases that were begun so many days ago, deliveries among them.
    case draftsOld(cases: Int, days: Int)
    /// Enrolments behind the limit of the law, which hold fingerprints: they can only be discarded.
    case draftsOverdue(cases: Int, days: Int)
    /// The oldest packet waits for so many days to be sent.
    case packetsOld(days: Int)
    /// The last day with work has not been closed.
    case dayNotClosed(CalendarDate)
    /// Another packet stands at central under a number of this kit, or more of them than the kit knows.
    case rolledBack
}

/// Whether packets can be sent.
package enum CentralCondition: Hashable, Sendable {
    case unknown
    /// This kit has not been told of a central service.
    case notConfigured
    case reachable
    /// No network, which is normal outdoors.
    case unreachable
    case failed(FailureCode.Central)
}
