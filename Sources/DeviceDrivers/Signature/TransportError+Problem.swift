import DeviceTransport
import EnrolmentCore

extension TransportError {
    /// What it means to the one who has to mend it. A device that refuses, answers too much or
    /// answers garbage breaks its protocol.
    var problem: DeviceError.Problem {
        switch reason {
        case .absent: .absent
        case .unplugged: .unplugged
        case .busy: .busy
        case .permissionDenied: .permissionDenied
        case .timedOut: .timedOut
        case .cancelled: .cancelled
        case .serviceDown: .serviceDown
        default: .protocolViolation
        }
    }
}
