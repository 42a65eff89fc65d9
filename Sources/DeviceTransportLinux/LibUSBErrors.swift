import CLibUSB
import DeviceTransport

extension TransportError {
    /// A negative return value of a libusb call. `libusb_error_name` gives the technician's word.
    init(libusb code: Int32) {
        let reason: Reason =
            switch libusb_error(rawValue: code) {
            case LIBUSB_ERROR_ACCESS: .permissionDenied
            case LIBUSB_ERROR_NO_DEVICE: .unplugged
            case LIBUSB_ERROR_NOT_FOUND: .absent
            case LIBUSB_ERROR_BUSY: .busy
            case LIBUSB_ERROR_TIMEOUT: .timedOut
            case LIBUSB_ERROR_OVERFLOW: .overflow
            case LIBUSB_ERROR_PIPE: .stalled
            case LIBUSB_ERROR_INTERRUPTED: .cancelled
            default: .inputOutput
            }
        self.init(reason, String(cString: libusb_error_name(code)))
    }

    /// How a transfer ended; nil when it completed. libusb has no names for these, so they stand here
    /// as its header spells them.
    init?(libusb status: libusb_transfer_status) {
        switch status {
        case LIBUSB_TRANSFER_COMPLETED: return nil
        case LIBUSB_TRANSFER_TIMED_OUT: self.init(.timedOut, "LIBUSB_TRANSFER_TIMED_OUT")
        case LIBUSB_TRANSFER_CANCELLED: self.init(.cancelled, "LIBUSB_TRANSFER_CANCELLED")
        case LIBUSB_TRANSFER_STALL: self.init(.stalled, "LIBUSB_TRANSFER_STALL")
        case LIBUSB_TRANSFER_NO_DEVICE: self.init(.unplugged, "LIBUSB_TRANSFER_NO_DEVICE")
        case LIBUSB_TRANSFER_OVERFLOW: self.init(.overflow, "LIBUSB_TRANSFER_OVERFLOW")
        default: self.init(.inputOutput, "LIBUSB_TRANSFER_ERROR")
        }
    }

    /// Throws when `code` is an error; gives it back otherwise, since some calls return a count.
    @discardableResult
    static func check(_ code: some BinaryInteger) throws(TransportError) -> Int {
        guard code >= 0 else { throw TransportError(libusb: Int32(truncatingIfNeeded: code)) }
        return Int(code)
    }
}
