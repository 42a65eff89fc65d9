import DeviceTransport
import Glibc

/// What the server says of a command.
enum USBIPReply: Hashable {
    /// A transfer ended: 0 or a negative error number of Linux, how many bytes went, those that came in.
    case submitted(sequence: UInt32, status: Int32, length: Int, input: [UInt8])
    /// A transfer was given up; 0 when it had already ended.
    case unlinked(sequence: UInt32, status: Int32)

    var bytes: [UInt8] {
        let words: [UInt32]
        var tail: [UInt8] = []
        switch self {
        case .submitted(let sequence, let status, let length, let input):
            // Device, direction and endpoint stay empty in a reply, as do the isochronous fields.
            words = [3, sequence, 0, 0, 0, UInt32(bitPattern: status), UInt32(length), 0, 0, 0, 0, 0]
            tail = input
        case .unlinked(let sequence, let status):
            words = [4, sequence, 0, 0, 0, UInt32(bitPattern: status), 0, 0, 0, 0, 0, 0]
        }
        return words.flatMap { USBIPMessage.bytes($0) } + tail
    }
}

extension TransportError.Reason {
    /// The status of an ended transfer, as Linux's host controllers give it.
    var transferStatus: Int32 {
        switch self {
        case .absent, .unplugged: -ESHUTDOWN
        case .timedOut: -ETIMEDOUT
        case .cancelled: -ECONNRESET
        case .stalled: -EPIPE
        case .overflow: -EOVERFLOW
        case .busy, .sharingViolation: -EBUSY
        case .permissionDenied: -EPERM
        case .inputOutput, .serviceDown, .noCard, .cardRemoved, .cardReset, .cardMute: -EPROTO
        }
    }
}
