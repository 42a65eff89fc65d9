import DeviceTransport

/// A connected card and the worker that talks to it.
final class PCSCConnection: CardConnection {
    let card: PCSCCard
    let worker: PCSCWorker
    private(set) var atr: [UInt8]
    private var isOpen = true
    private var isInTransaction = false

    /// For letting go: pcscd does it at once, or its reader hangs and the worker is given up.
    private static let cleanUp: Duration = .seconds(2)

    init(_ card: PCSCCard, _ worker: PCSCWorker) {
        self.card = card
        self.worker = worker
        atr = card.atr
    }

    deinit {
        disconnect()
    }

    func beginTransaction(within limit: Duration) throws(TransportError) {
        try check()
        let card = card
        try worker.perform(within: limit) { (_) throws(TransportError) in try card.begin() }
        isInTransaction = true
    }

    func endTransaction() {
        guard isInTransaction else { return }
        isInTransaction = false
        let card = card
        // What fails here has nothing to end any more.
        try? worker.perform(within: Self.cleanUp, isCleanUp: true) { (_) throws(TransportError) in card.end() }
    }

    func transmit(_ command: [UInt8], within limit: Duration) throws(TransportError) -> [UInt8] {
        try check()
        let card = card
        return try worker.perform(within: limit) { (_) throws(TransportError) in try card.transmit(command) }
    }

    func reconnect(resetting: Bool, within limit: Duration) throws(TransportError) {
        try check()
        isInTransaction = false
        let card = card
        atr = try worker.perform(within: limit) { (_) throws(TransportError) in
            try card.reconnect(resetting: resetting)
        }
    }

    func disconnect() {
        guard isOpen else { return }
        endTransaction()
        isOpen = false
        let card = card
        try? worker.perform(within: Self.cleanUp, isCleanUp: true) { (_) throws(TransportError) in card.disconnect() }
    }

    func check() throws(TransportError) {
        guard isOpen else { throw TransportError(.unplugged, "the card was let go") }
    }
}
