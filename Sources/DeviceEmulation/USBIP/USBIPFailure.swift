import Glibc

/// Why a USB/IP connection, or the whole server, could not go on.
package enum USBIPFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The address is none, is taken, or may not be used; with the C library's error number.
    case notListening(Int32)
    /// The client closed the connection, or the server was stopped.
    case closed
    /// The client neither asked nor took anything for too long.
    case silent
    /// The client speaks another version of the protocol.
    case version(UInt16)
    /// A request before a device is imported that the protocol does not have.
    case request(UInt16)
    /// A command to a device that the protocol does not have.
    case command(UInt32)
    /// A direction other than in or out, or an endpoint above 15.
    case endpoint(UInt32)
    /// A transfer that is longer than any device here takes, or of a negative length.
    case length(Int32)
    /// The setup packet and the transfer disagree about the direction.
    case setup
    /// Isochronous packets: no device here has such an endpoint.
    case isochronous
    /// The number of a command that is still under way was used again.
    case sequence(UInt32)

    package var description: String {
        switch self {
        case .notListening(let number): "cannot listen: \(String(cString: strerror(number)))"
        case .closed: "the connection was closed"
        case .silent: "the client was silent for too long"
        case .version(let version): "the client speaks USB/IP version \(hex(version))"
        case .request(let code): "unknown request \(hex(code))"
        case .command(let code): "unknown command \(code)"
        case .endpoint(let number): "no such endpoint or direction: \(number)"
        case .length(let length): "a transfer of \(length) bytes"
        case .setup: "a control transfer in two directions"
        case .isochronous: "isochronous packets"
        case .sequence(let number): "command \(number) is still under way"
        }
    }

    private func hex(_ number: UInt16) -> String {
        "0x" + String(number, radix: 16)
    }
}
