import DeviceTransport
import Synchronization

/// A transport that passes everything on and notes what became of the scanner's mode.
final class WatchedTransport: USBTransport {
    private struct Notes {
        var asked: UInt8?
        var mode: UInt8 = 0
        var whenFingerIsAwaited: (@Sendable () -> Void)?
    }

    private let inner: any USBTransport
    private let notes = Mutex(Notes())

    init(_ inner: any USBTransport) {
        self.inner = inner
    }

    /// ", off" when the scanner took the order to switch off.
    var suffix: String { notes.withLock { $0.mode == 0x70 } ? ", off" : "" }

    /// Runs once, when the driver begins to wait for a finger.
    func whenFingerIsAwaited(_ action: @escaping @Sendable () -> Void) {
        notes.withLock { $0.whenFingerIsAwaited = action }
    }

    var now: Duration { inner.now }

    func identify() throws(TransportError) -> USBDeviceListing { try inner.identify() }

    func open(_ interface: USBInterfaceChoice) throws(TransportError) { try inner.open(interface) }

    func submit(_ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?) throws(TransportError) {
        if case .controlOut(let setup, let bytes) = transfer {
            notes.withLock { $0.asked = setup.value == 0x4E ? bytes.first : nil }
        }
        try inner.submit(transfer, as: id, within: limit)
    }

    func nextCompletion(before deadline: Duration) throws(TransportError) -> USBCompletion? {
        let action = notes.withLock { notes in
            guard notes.mode == 0x10 else { return (@Sendable () -> Void)?.none }
            defer { notes.whenFingerIsAwaited = nil }
            return notes.whenFingerIsAwaited
        }
        action?()
        let completion = try inner.nextCompletion(before: deadline)
        if let completion, completion.id == USBTransferID(1), case .success = completion.result {
            notes.withLock { notes in
                if let asked = notes.asked { notes.mode = asked }
                notes.asked = nil
            }
        }
        return completion
    }

    func cancel(_ id: USBTransferID) { inner.cancel(id) }

    func wake() { inner.wake() }

    func clearStall(of endpoint: UInt8) throws(TransportError) { try inner.clearStall(of: endpoint) }

    func close() { inner.close() }
}
