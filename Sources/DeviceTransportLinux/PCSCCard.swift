import CPCSC
import DeviceTransport

/// A handle to a connected card; only used on its worker's thread.
struct PCSCCard: Sendable {
    let atr: [UInt8]
    let handle: SCARDHANDLE
    private let activeProtocol: DWORD

    /// T=0 with any card of this country; T=1 is allowed so that other cards can be told apart.
    private static let protocols = DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1)
    /// More than 256 bytes and a status no command here can bring.
    private static let longestAnswer = Int(MAX_BUFFER_SIZE)

    init(_ context: SCARDCONTEXT, reader: String) throws(TransportError) {
        var handle: SCARDHANDLE = 0
        var active: DWORD = 0
        try TransportError.check(
            pcsc: SCardConnect(context, reader, DWORD(SCARD_SHARE_SHARED), Self.protocols, &handle, &active))
        self.handle = handle
        activeProtocol = active
        do throws(TransportError) {
            atr = try Self.atr(handle)
        } catch {
            SCardDisconnect(handle, DWORD(SCARD_LEAVE_CARD))
            throw error
        }
    }

    private static func atr(_ handle: SCARDHANDLE) throws(TransportError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(MAX_ATR_SIZE))
        var length = DWORD(bytes.count)
        var state: DWORD = 0
        var active: DWORD = 0
        try TransportError.check(pcsc: SCardStatus(handle, nil, nil, &state, &active, &bytes, &length))
        return [UInt8](bytes.prefix(Int(min(length, DWORD(bytes.count)))))
    }

    func begin() throws(TransportError) {
        try TransportError.check(pcsc: SCardBeginTransaction(handle))
    }

    func end() {
        SCardEndTransaction(handle, DWORD(SCARD_LEAVE_CARD))
    }

    func transmit(_ command: [UInt8]) throws(TransportError) -> [UInt8] {
        try transmit(command, count: command.count)
    }

    /// - Parameter command: `count` bytes, read where they lie.
    func transmit(_ command: UnsafePointer<UInt8>, count: Int) throws(TransportError) -> [UInt8] {
        var header = SCARD_IO_REQUEST(
            dwProtocol: activeProtocol, cbPciLength: UInt(MemoryLayout<SCARD_IO_REQUEST>.size))
        var answer = [UInt8](repeating: 0, count: Self.longestAnswer)
        var length = DWORD(answer.count)
        try TransportError.check(
            pcsc: SCardTransmit(handle, &header, command, DWORD(count), nil, &answer, &length))
        answer.removeLast(answer.count - Int(min(length, DWORD(answer.count))))
        // A card that leaves during the exchange shows as success without an answer.
        guard answer.count >= 2 else { throw TransportError(.inputOutput, "PC/SC answer without status") }
        return answer
    }

    /// - Returns: the answer to reset of the card that is there now.
    func reconnect(resetting: Bool) throws(TransportError) -> [UInt8] {
        var active: DWORD = 0
        try TransportError.check(
            pcsc: SCardReconnect(
                handle, DWORD(SCARD_SHARE_SHARED), Self.protocols,
                DWORD(resetting ? SCARD_RESET_CARD : SCARD_LEAVE_CARD), &active))
        return try Self.atr(handle)
    }

    func disconnect() {
        SCardDisconnect(handle, DWORD(SCARD_LEAVE_CARD))
    }
}
