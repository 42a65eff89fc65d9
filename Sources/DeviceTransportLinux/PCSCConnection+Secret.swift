import DeviceTransport
import EnrolmentCore

/// What a PIN needs beyond ordinary commands: a loan instead of a copy, and the reader's own keys.
extension PCSCConnection {
    func transmit(secret command: SecretBytes, within limit: Duration) throws(TransportError) -> [UInt8] {
        try check()
        // A cancellation that came before is obeyed, one during the command is not: without the card's
        // answer nobody would know whether a try was used.
        try worker.refuseIfCancelled()
        let card = card
        return try worker.perform(within: limit, isCleanUp: true) { (_) throws(TransportError) in
            try command.withBytes { (bytes) throws(TransportError) in
                guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return [] }
                return try card.transmit(start, count: bytes.count)
            }
        }
    }

    func control(_ code: UInt32, _ input: [UInt8], within limit: Duration) throws(TransportError) -> [UInt8] {
        try check()
        let card = card
        return try worker.perform(within: limit) { (_) throws(TransportError) in try card.control(code, input) }
    }
}
