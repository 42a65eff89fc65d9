import DeviceTransport
import Glibc

/// The hidraw node of a device, to tell "gone" from "failed": hidapi reports both alike.
struct HIDAPINode: Hashable, Sendable {
    let name: String

    /// - Parameter path: `/dev/hidrawN` and nothing else.
    init?(path: String) {
        let prefix = "/dev/hidraw"
        let number = path.dropFirst(prefix.count)
        guard path.hasPrefix(prefix), (1...5).contains(number.count), number.allSatisfy({ ("0"..."9").contains($0) })
        else { return nil }
        name = "hidraw\(number)"
    }

    var isPresent: Bool { access("/sys/class/hidraw/\(name)", F_OK) == 0 }

    /// What an error number of hidraw means; `call` is named for the technician.
    static func error(_ number: Int32, _ call: String, isPresent: Bool) -> TransportError {
        let detail = "\(call): \(String(cString: strerror(number)))"
        guard isPresent else { return TransportError(.unplugged, detail) }
        let reason: TransportError.Reason =
            switch number {
            case ENOENT, ENXIO: .absent
            case ENODEV, ESHUTDOWN: .unplugged
            case EACCES, EPERM: .permissionDenied
            case EBUSY: .busy
            case EPIPE: .stalled
            case ETIMEDOUT: .timedOut
            case EOVERFLOW: .overflow
            default: .inputOutput
            }
        return TransportError(reason, detail)
    }
}
