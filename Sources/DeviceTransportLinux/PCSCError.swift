import CPCSC
import DeviceTransport

extension TransportError {
    /// What an answer of libpcsclite means for a driver; nil for success.
    init?(pcsc code: LONG) {
        let reason: Reason
        switch code {
        case SCARD_S_SUCCESS: return nil
        case SCARD_E_CANCELLED: reason = .cancelled
        case SCARD_E_TIMEOUT: reason = .timedOut
        case SCARD_E_NO_SERVICE, SCARD_E_SERVICE_STOPPED, SCARD_E_INVALID_HANDLE:
            // A handle turns invalid when the service has been restarted under it.
            reason = .serviceDown
        case SCARD_E_SHARING_VIOLATION: reason = .sharingViolation
        case SCARD_E_NO_SMARTCARD: reason = .noCard
        case SCARD_W_REMOVED_CARD: reason = .cardRemoved
        // A mismatch shows while pcscd resets the card for another program: its protocol is not settled then.
        case SCARD_W_RESET_CARD, SCARD_E_PROTO_MISMATCH: reason = .cardReset
        case SCARD_W_UNRESPONSIVE_CARD, SCARD_W_UNPOWERED_CARD, SCARD_W_UNSUPPORTED_CARD:
            reason = .cardMute
        case SCARD_E_UNKNOWN_READER, SCARD_E_READER_UNAVAILABLE, SCARD_E_NO_READERS_AVAILABLE: reason = .unplugged
        case SCARD_W_SECURITY_VIOLATION, SCARD_E_NO_ACCESS: reason = .permissionDenied
        case SCARD_E_INSUFFICIENT_BUFFER, SCARD_E_PCI_TOO_SMALL: reason = .overflow
        default: reason = .inputOutput
        }
        self.init(reason, Self.pcscName(code))
    }

    /// Throws unless the call succeeded.
    static func check(pcsc code: LONG) throws(TransportError) {
        if let error = TransportError(pcsc: code) { throw error }
    }

    private static func pcscName(_ code: LONG) -> String {
        "PC/SC 0x" + String(UInt32(truncatingIfNeeded: code), radix: 16, uppercase: true)
    }
}
