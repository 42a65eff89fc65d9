import CPCSC
import DeviceTransport

extension PCSCCard {
    /// More than any reader says of itself, and than a card's answer that comes through it.
    private static let longestControlAnswer = 512

    /// Asks the reader itself, through SCardControl.
    func control(_ code: UInt32, _ input: [UInt8]) throws(TransportError) -> [UInt8] {
        var answer = [UInt8](repeating: 0, count: Self.longestControlAnswer)
        var length: DWORD = 0
        try TransportError.check(
            pcsc: SCardControl(
                handle, DWORD(code), input, DWORD(input.count), &answer, DWORD(answer.count), &length))
        return [UInt8](answer.prefix(Int(min(length, DWORD(answer.count)))))
    }
}
