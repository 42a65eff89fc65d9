package import EnrolmentCore

/// What the home screen says of the kit itself.
package struct KitState: Hashable, Sendable {
    package var devices: [DeviceKind: DeviceCondition]
    package var store: StoreCondition
    package var clock: TimeConfidence
    package var central: CentralCondition

    package init(
        devices: [DeviceKind: DeviceCondition], store: StoreCondition, clock: TimeConfidence, central: CentralCondition
    ) {
        self.devices = devices
        self.store = store
        self.clock = clock
        self.central = central
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
    case ready(freeBytes: Int64)
    case failed(FailureCode.Store)
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
