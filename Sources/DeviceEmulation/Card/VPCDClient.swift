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

    /// What happens on the way between reader and card.
    package struct Script: Sendable {
        /// How long every command takes at least.
        package var latency = Duration.zero
        /// What happens at the command of this number, counted from 1 over all cards.
        ///
        /// A card can act `answer`, `change`, `delay`, `preceded`, `silence`, `pull`, `exchange` and
        /// `exchangeUnnoticed`. What happens to a reader or to its service it cannot: at these it is pulled.
        package var faults: [Int: EmulatedCardFault] = [:]

        package init(latency: Duration = .zero, faults: [Int: EmulatedCardFault] = [:]) {
            self.latency = latency
            self.faults = faults
        }
    }

    private struct State {
        var socket: VPCDSocket?
        var isStopped = false
        /// What goes in next; the card in the reader is pulled first.
        var next: (any EmulatedSmartCard)?
    }

    /// Why a card has left the reader.
    private enum Parting: Error {
        case pulled
        case exchanged(any EmulatedSmartCard)
        case failed(Failure)
    }

    /// vpcd knows no card that is there and mute; pcscd takes one for it whose answer to reset is longer
    /// than any may be.
    private static let noATR = [UInt8](repeating: 0xFF, count: 40)

    private let state = Mutex(State())
    private let script: Script

    package init(_ script: Script = Script()) {
        self.script = script
    }

    /// Connects to vpcd and serves the card until `stop`, or until the reader goes; blocks for as long.
    ///
    /// - Parameters:
    ///   - host: an IPv4 address.
    ///   - port: 35963 for vpcd's first reader.
    ///   - connected: called once a card is in the reader, the first and every later one.
    package func serve(
        _ card: any EmulatedSmartCard, host: String = "127.0.0.1", port: UInt16 = 35963,
        connected: () -> Void = {}
    ) throws(Failure) {
        var card = card
        var count = 0
        while true {
            switch try serveUntilItLeaves(&card, &count, host: host, port: port, connected: connected) {
            case .pulled: return
            case .exchanged(let next): card = next
            case .failed(let failure): throw failure
            }
        }
    }

    /// Pulls the card, from any thread; `serve` returns, now and at every later call.
    package func stop() {
        state.withLock { state in
            state.isStopped = true
            state.socket?.shutDown()
        }
    }

    /// Pulls the card and puts another in, from any thread.
    package func exchange(for card: any EmulatedSmartCard) {
        state.withLock { state in
            state.next = card
            state.socket?.shutDown()
        }
    }

    private func serveUntilItLeaves(
        _ card: inout any EmulatedSmartCard, _ count: inout Int, host: String, port: UInt16, connected: () -> Void
    ) throws(Failure) -> Parting {
        let socket = try VPCDSocket(host: host, port: port)
        let mayStart = state.withLock { state in
            if !state.isStopped { state.socket = socket }
            return !state.isStopped
        }
        defer {
            state.withLock { $0.socket = nil }
            socket.close()
        }
        guard mayStart else { return .pulled }
        connected()
        do throws(Parting) {
            while true { try serveOne(&card, &count, socket) }
        } catch {
            return state.withLock { state in
                if state.isStopped { return .pulled }
                guard let next = state.next else { return error }
                state.next = nil
                return .exchanged(next)
            }
        }
    }

    private func serveOne(
        _ card: inout any EmulatedSmartCard, _ count: inout Int, _ socket: VPCDSocket
    ) throws(Parting) {
        let message = try Self.parting { () throws(Failure) in try socket.receive() }
        guard message.count == 1 else {
            count += 1
            guard let answer = try answer(to: message, script.faults[count], &card, socket) else { return }
            return try Self.parting { () throws(Failure) in try socket.send(answer) }
        }
        switch message[0] {
        case 0x00, 0x01, 0x02: card.reset()
        case 0x04: try Self.parting { () throws(Failure) in try socket.send(card.atr.isEmpty ? Self.noATR : card.atr) }
        default: break
        }
    }

    /// Nil when the card stays silent.
    private func answer(
        to command: [UInt8], _ fault: EmulatedCardFault?, _ card: inout any EmulatedSmartCard, _ socket: VPCDSocket
    ) throws(Parting) -> [UInt8]? {
        socket.pause(script.latency)
        switch fault {
        case nil: break
        case .answer(let answer): return answer
        case .change(let change): return change(card.answer(command))
        case .delay(let duration): socket.pause(duration)
        case .preceded(let commands): for command in commands { _ = card.answer(command) }
        case .silence: return nil
        case .exchange(let next): throw .exchanged(next)
        case .exchangeUnnoticed(var next):
            next.reset()
            card = next
        case .pull, .error, .reset, .unplug, .stopService: throw .pulled
        }
        let answer = card.answer(command)
        return answer.isEmpty ? nil : answer
    }

    private static func parting<Value>(_ body: () throws(Failure) -> Value) throws(Parting) -> Value {
        do throws(Failure) { return try body() } catch { throw .failed(error) }
    }
}
