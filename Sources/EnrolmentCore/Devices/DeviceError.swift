/// A part of the kit.
package enum DeviceKind: String, CaseIterable, Sendable, Codable {
    case scanner, cardReader, signaturePad, camera
}

/// What the machine must mend before a capture can go on. What a person can mend is a
/// `CaptureRetry` and no error.
package struct DeviceError: Error, Hashable, Sendable, CustomStringConvertible {
    package let device: DeviceKind
    package let problem: Problem
    /// For a technician; holds no personal datum.
    package let detail: String

    package enum Problem: String, CaseIterable, Sendable, Codable {
        /// No such device is attached.
        case absent
        /// It was there and went away.
        case unplugged
        /// Several are attached and nothing says which one is meant.
        case ambiguous
        /// Another program holds it.
        case busy
        case permissionDenied
        /// It did not answer in time.
        case timedOut
        case cancelled
        /// It answered something that its protocol does not allow.
        case protocolViolation
        /// The service between us and the device (pcscd) does not run.
        case serviceDown
        /// A file or picture that it gave cannot be read.
        case unreadable
    }

    package init(_ device: DeviceKind, _ problem: Problem, _ detail: String = "") {
        self.device = device
        self.problem = problem
        self.detail = detail
    }

    package var description: String {
        "\(device.rawValue).\(problem.rawValue)" + (detail.isEmpty ? "" : ": \(detail)")
    }
}
