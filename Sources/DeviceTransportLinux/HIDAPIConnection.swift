import CHIDAPI
import DeviceTransport
import Glibc
import Synchronization

/// One open hidraw node.
///
/// A feature report to a pad that hangs is ended by the kernel after five seconds; hidapi 0.13
/// offers no shorter time.
final class HIDAPIConnection: HIDConnection {
    /// hidapi's device.
    // @unchecked: hidapi allows any thread as long as one call runs at a time, which `handle` sees to.
    struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    /// hidraw hands out at most this many bytes a report.
    private static let longestReport = 4096

    private let handle: Mutex<Handle?>
    private let node: HIDAPINode
    private let cancelSign = CancelSign()

    init(handle: Handle, node: HIDAPINode) {
        self.handle = Mutex(handle)
        self.node = node
    }

    deinit { close() }

    func featureReport(_ id: UInt8, length: Int) throws(TransportError) -> [UInt8] {
        guard (1...Self.longestReport).contains(length) else { throw TransportError(.overflow, "length \(length)") }
        var report = [UInt8](repeating: 0, count: length)
        report[0] = id
        let count = try call("get feature \(id)") { device in
            report.withUnsafeMutableBufferPointer { hid_get_feature_report(device, $0.baseAddress, $0.count) }
        }
        return Array(report.prefix(count))
    }

    func setFeatureReport(_ report: [UInt8]) throws(TransportError) {
        let count = try call("set feature \(report.first ?? 0)") { hid_send_feature_report($0, report, report.count) }
        guard count == report.count else { throw TransportError(.inputOutput, "short feature report") }
    }

    func write(_ report: [UInt8]) throws(TransportError) {
        let count = try call("write") { hid_write($0, report, report.count) }
        guard count == report.count else { throw TransportError(.inputOutput, "short output report") }
    }

    func inputReport(within limit: Duration) throws(TransportError) -> [UInt8] {
        let deadline = ContinuousClock.now + limit
        var report = [UInt8](repeating: 0, count: Self.longestReport)
        while true {
            if cancelSign.take() { throw TransportError(.cancelled, "read") }
            let slice = min(ContinuousClock.now.duration(to: deadline), CancelSign.slice)
            let count = try call("read") { device in
                report.withUnsafeMutableBufferPointer {
                    hid_read_timeout(device, $0.baseAddress, $0.count, slice.timeoutMilliseconds())
                }
            }
            if count > 0 { return Array(report.prefix(count)) }
            if ContinuousClock.now >= deadline { throw TransportError(.timedOut, "read") }
        }
    }

    func cancel() { cancelSign.raise() }

    func close() {
        handle.withLock { handle in
            if let handle { hid_close(handle.pointer) }
            handle = nil
        }
    }

    /// Makes one call into hidapi and turns its -1 into an error.
    private func call(_ name: String, _ body: (OpaquePointer) -> Int32) throws(TransportError) -> Int {
        let outcome: (count: Int32, failure: Int32)? = handle.withLock { handle in
            guard let handle else { return nil }
            errno = 0
            let count = body(handle.pointer)
            return (count, errno)
        }
        guard let outcome else { throw TransportError(.unplugged, "closed") }
        guard outcome.count < 0 else { return Int(outcome.count) }
        // A poll that reports a hang-up sets no error number: the node is gone or about to be.
        if outcome.failure == 0 { throw TransportError(.unplugged, name) }
        throw HIDAPINode.error(outcome.failure, name, isPresent: node.isPresent)
    }
}
