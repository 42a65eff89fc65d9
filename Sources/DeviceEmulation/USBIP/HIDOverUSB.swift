package import DeviceTransport
import Foundation

/// An emulated HID device as the USB device that it would be: reports by requests on endpoint 0 and by an
/// interrupt endpoint (HID 1.11, 7.2).
// @unchecked: `isWoken` and `cancelled` are only touched under `condition`, the rest on the device's own thread.
package final class HIDOverUSB: USBTransport, @unchecked Sendable {
    private enum Request {
        static let getReport: UInt8 = 0x01
        static let getIdle: UInt8 = 0x02
        static let setReport: UInt8 = 0x09
        static let setIdle: UInt8 = 0x0A
    }

    private enum ReportType {
        static let output: UInt16 = 2
        static let feature: UInt16 = 3
    }

    private struct Read {
        let id: USBTransferID
        let length: Int
        let limit: Duration?
    }

    /// Where the input reports come from.
    static let inputEndpoint: UInt8 = 0x81
    /// The longest time that a request waits behind a report that does not come.
    private static let slice: Duration = .milliseconds(10)

    private let hardware: any HIDTransport
    private let vendorID: UInt16
    private let clock: @Sendable () -> Duration
    private let interval: Duration
    private let condition = NSCondition()
    private var isWoken = false
    private var cancelled: [USBTransferID] = []
    private var connection: (any HIDConnection)?
    private var reads: [Read] = []
    private var ended: [USBCompletion] = []
    private var nextPoll = ContinuousClock.now
    private var idleRate: UInt8 = 0

    /// - Parameters:
    ///   - hardware: its first device of `vendorID` is meant.
    ///   - interval: how often the bus asks for an input report, on the wall's clock. A host that fell behind gets
    ///     what has waited no faster than this, and so does not lose it again in the small buffers above.
    ///   - now: the hardware's own time.
    package init(
        _ hardware: any HIDTransport, vendorID: UInt16, interval: Duration = .milliseconds(5),
        now: @escaping @Sendable () -> Duration
    ) {
        self.hardware = hardware
        self.vendorID = vendorID
        self.interval = interval
        clock = now
    }

    package var now: Duration { clock() }

    package func identify() throws(TransportError) -> USBDeviceListing {
        let device = try attached()
        return USBDeviceListing(
            vendor: device.vendorID, product: device.productID, release: 0, bus: 1, address: 1, serial: device.serial,
            productName: device.product)
    }

    package func open(_ interface: USBInterfaceChoice) throws(TransportError) {
        close()
        guard interface == .number(0) else { throw TransportError(.absent, "no such interface") }
        connection = try hardware.open(attached())
    }

    package func submit(
        _ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?
    ) throws(TransportError) {
        guard let connection else { throw TransportError(.absent, "not open") }
        let result: Result<[UInt8], TransportError>
        do throws(TransportError) {
            switch transfer {
            case .controlIn(let setup, let length): result = .success(try get(setup, length, from: connection))
            case .controlOut(let setup, let bytes):
                try set(setup, bytes, on: connection)
                result = .success([])
            case .read(let pipe, let length):
                guard pipe.endpoint == Self.inputEndpoint else { throw TransportError(.stalled, "emulated") }
                return reads.append(Read(id: id, length: length, limit: limit.map { now + $0 }))
            case .write: throw TransportError(.stalled, "emulated")
            }
        } catch {
            result = .failure(error)
        }
        ended.append(USBCompletion(id: id, result: result))
    }

    package func nextCompletion(before deadline: Duration) throws(TransportError) -> USBCompletion? {
        guard let connection else { throw TransportError(.absent, "not open") }
        while true {
            let mustReturn = takeSigns()
            if !ended.isEmpty { return ended.removeFirst() }
            guard !mustReturn, now < deadline else { return nil }
            if let read = reads.first {
                let rest = ContinuousClock.now.duration(to: nextPoll)
                if rest <= .zero {
                    receive(read, from: connection, before: min(deadline, read.limit ?? deadline))
                } else {
                    _ = isWoken(within: rest)
                }
            } else if !isWoken(within: deadline - now) {
                return nil
            }
        }
    }

    package func cancel(_ id: USBTransferID) {
        condition.lock()
        cancelled.append(id)
        condition.broadcast()
        condition.unlock()
    }

    package func wake() {
        condition.lock()
        isWoken = true
        condition.broadcast()
        condition.unlock()
    }

    package func clearStall(of endpoint: UInt8) throws(TransportError) {
        guard connection != nil else { throw TransportError(.unplugged, "not open") }
    }

    package func close() {
        connection?.close()
        connection = nil
        reads = []
        ended = []
        _ = takeSigns()
    }

    // MARK: The device's own thread

    private func attached() throws(TransportError) -> HIDDevice {
        guard let device = try hardware.list(vendorID: vendorID).first else { throw TransportError(.absent) }
        return device
    }

    private func get(
        _ setup: USBSetup, _ length: Int, from connection: any HIDConnection
    ) throws(TransportError) -> [UInt8] {
        switch (setup.requestType, setup.request, setup.value >> 8) {
        case (0xA1, Request.getReport, ReportType.feature):
            return try connection.featureReport(UInt8(truncatingIfNeeded: setup.value), length: length)
        case (0xA1, Request.getIdle, _): return [idleRate]
        default: throw TransportError(.stalled, "no such request")
        }
    }

    private func set(_ setup: USBSetup, _ bytes: [UInt8], on connection: any HIDConnection) throws(TransportError) {
        switch (setup.requestType, setup.request, setup.value >> 8) {
        case (0x21, Request.setReport, ReportType.feature): try connection.setFeatureReport(bytes)
        case (0x21, Request.setReport, ReportType.output): try connection.write(bytes)
        // How often a report without news is repeated; these devices send each once, as the host wishes.
        case (0x21, Request.setIdle, _): idleRate = UInt8(setup.value >> 8)
        default: throw TransportError(.stalled, "no such request")
        }
    }

    /// Takes what other threads asked for; says whether one of them wants `nextCompletion` to return.
    private func takeSigns() -> Bool {
        condition.lock()
        let (mustReturn, gone) = (isWoken, cancelled)
        (isWoken, cancelled) = (false, [])
        condition.unlock()
        for read in reads where gone.contains(read.id) {
            ended.append(USBCompletion(id: read.id, result: .failure(TransportError(.cancelled, "emulated"))))
        }
        reads.removeAll { gone.contains($0.id) }
        return mustReturn
    }

    /// Waits for a sign; reports stay in the device meanwhile, since nobody asks for one.
    private func isWoken(within limit: Duration) -> Bool {
        let end = Date(timeIntervalSinceNow: limit / .seconds(1))
        condition.lock()
        defer { condition.unlock() }
        while !isWoken, cancelled.isEmpty {
            guard condition.wait(until: end) else { return false }
        }
        return true
    }

    /// Ends the read when a report comes, when its time is over, or when the device fails.
    private func receive(_ read: Read, from connection: any HIDConnection, before deadline: Duration) {
        let result: Result<[UInt8], TransportError>
        do throws(TransportError) {
            let report = try connection.inputReport(within: min(deadline - now, Self.slice))
            nextPoll = ContinuousClock.now + interval
            result = report.count <= read.length ? .success(report) : .failure(TransportError(.overflow, "emulated"))
        } catch {
            let isOver = read.limit.map { now >= $0 } ?? false
            if error.reason == .cancelled || error.reason == .timedOut && !isOver { return }
            result = .failure(error)
        }
        reads.removeFirst()
        ended.append(USBCompletion(id: read.id, result: result))
    }
}
