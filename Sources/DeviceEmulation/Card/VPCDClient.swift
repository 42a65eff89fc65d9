import Foundation
import Synchronization

/// Puts an emulated card into vpcd, pcscd's virtual reader, so that every PC/SC program of the
/// machine sees it: inserted from `start`, removed by `stop`.
///
/// vpcd listens and the card connects. Each message is a length of two bytes, high byte first, and
/// that many bytes: one byte from the reader is a control, anything longer a command APDU.
package final class VPCDClient: Sendable {
    package enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// Nothing listens there, or the address is none; with the C library's error number.
        case unreachable(Int32)
        /// The reader closed the connection.
        case readerGone
        /// The reader sent a length without content, or the card answered more than a frame holds.
        case badFrame

        package var description: String {
            switch self {
            case .unreachable(let number): "vpcd cannot be reached: \(String(cString: strerror(number)))"
            case .readerGone: "vpcd closed the connection"
            case .badFrame: "vpcd sent a frame that its protocol does not allow"
            }
        }
    }

    private struct State {
        var socket: VPCDSocket?
        var isStopped = false
    }

    private let state = Mutex(State())

    package init() {}

    /// Connects to vpcd and serves the card until `stop`, or until the reader goes; blocks for as long.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address.
    ///   - port: 35963 for vpcd's first reader.
    ///   - connected: called once the card is in the reader.
    package func serve(
        _ card: any EmulatedSmartCard, host: String = "127.0.0.1", port: UInt16 = 35963,
        connected: () -> Void = {}
    ) throws(Failure) {
        let socket = try VPCDSocket(host: host, port: port)
        let mayStart = state.withLock { state in
            if !state.isStopped { state.socket = socket }
            return !state.isStopped
        }
        defer {
            state.withLock { $0.socket = nil }
            socket.close()
        }
        guard mayStart else { return }
        connected()
        do throws(Failure) {
            var card = card
            while true { try serveOne(&card, socket) }
        } catch {
            if state.withLock({ $0.isStopped }) { return }
            throw error
        }
    }

    /// Pulls the card, from any thread; `serve` returns, now and at every later call.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            state.socket?.shutDown()
        }
    }

    private func serveOne(_ card: inout any EmulatedSmartCard, _ socket: VPCDSocket) throws(Failure) {
        let message = try socket.receive()
        guard message.count == 1 else { return try socket.send(card.answer(message)) }
        switch message[0] {
        case 0x00, 0x01, 0x02: card.reset()
        case 0x04: try socket.send(card.atr)
        default: break
        }
    }
}
