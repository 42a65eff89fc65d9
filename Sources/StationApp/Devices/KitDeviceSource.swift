package import EnrolmentCore
package import StationUI

/// Where the kit's devices come from: the sockets of this laptop, or an emulated kit for training.
package protocol KitDeviceSource: Sendable {
    /// The devices to help one person with; nil for the devices as they are, for a self-test.
    func devices(for planned: PlannedCase?) async throws(FailureReport) -> KitDevices

    /// What is attached now.
    func attached() async throws(FailureReport) -> [AttachedDevice]

    /// What can be seen of the card reader from now on, until nobody listens any more.
    func readerStates() -> AsyncStream<ReaderState>
}

extension KitDeviceSource {
    /// Nobody looks: what is emulated has no reader that a person could plug in.
    package func readerStates() -> AsyncStream<ReaderState> { AsyncStream { $0.finish() } }
}

/// One line of `loket devices list`.
package struct AttachedDevice: Codable, Hashable, Sendable {
    package let kind: DeviceKind
    package let name: String
    /// Names the device across replugging; nil when it has none.
    package let serial: String?
    package let place: String
    /// The profile that it is driven by, nil when no driver of ours serves it.
    package let profile: String?
    package let certified: Bool

    package init(
        kind: DeviceKind, name: String, serial: String?, place: String, profile: String?, certified: Bool
    ) {
        self.kind = kind
        self.name = name
        self.serial = serial
        self.place = place
        self.profile = profile
        self.certified = certified
    }
}
