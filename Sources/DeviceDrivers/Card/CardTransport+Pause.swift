import DeviceTransport

extension CardTransport {
    /// Lets time pass, at most until something changes in the readers.
    func pause(_ duration: Duration) throws(TransportError) {
        do throws(TransportError) {
            _ = try waitForChange(from: try slots(), within: duration)
        } catch  where error.reason == .timedOut {
            return
        }
    }
}
