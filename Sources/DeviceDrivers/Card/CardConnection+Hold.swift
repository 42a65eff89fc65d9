import DeviceTransport

extension CardConnection {
    /// Begins a transaction, or says that another program's does not end.
    func hold(within limit: Duration) throws(TransportError) {
        do throws(TransportError) {
            try beginTransaction(within: limit)
        } catch  where error.reason == .timedOut {
            throw TransportError(.busy, "another program's transaction does not end")
        }
    }
}
