package import DeviceTransport
import Foundation

/// A U.are.U scanner at the wire: it answers control, interrupt and bulk transfers, in process.
///
/// What people do at it is a list of presentations; what goes wrong is a list of faults. With the pace
/// `.simulated` waiting only moves its clock, so that a test of a whole minute takes no time.
// @unchecked: everything that changes is touched under `condition` only.
package final class EmulatedUareU: USBTransport, USBDeviceLister, @unchecked Sendable {
    /// How the scanner's time goes.
    package enum Pace: Hashable, Sendable {
        /// As on the wall.
        case real
        /// As fast as it is asked.
        case simulated
    }

    private struct Pending {
        let id: USBTransferID
        let transfer: USBTransfer
        let fault: ScannerFault?
        /// When a control transfer or a refused one ends, and how.
        var settled: (due: Duration, result: Result<[UInt8], TransportError>)?
        let limit: Duration?
    }

    private static let controlTime: Duration = .microseconds(500)

    private let condition = NSCondition()
    private let start = ContinuousClock.now
    private let pace: Pace
    private let model: UareUModel
    private let faults: [ScannerFault.Moment: ScannerFault]
    private let openingFaults: [Int: TransportError.Reason]

    private var hardware: UareUHardware
    private var clock: Duration = .zero
    private var pending: [Pending] = []
    private var stalledEndpoints: Set<UInt8> = []
    private var isOpen = false
    private var isUnplugged = false
    private var returnsAt: Duration?
    private var isWoken = false
    private var submitted = 0
    private var pictures = 0
    private var openings = 0

    /// - Parameters:
    ///   - presentations: one for each time that the scanner asks for a finger; more can follow.
    ///   - faults: each at its moment.
    ///   - openingFaults: by opening, counted from 1.
    package init(
        _ model: UareUModel = .uareU4500, presentations: [FingerPresentation] = [], pace: Pace,
        faults: [ScannerFault.Moment: ScannerFault] = [:], openingFaults: [Int: TransportError.Reason] = [:]
    ) {
        self.model = model
        self.pace = pace
        self.faults = faults
        self.openingFaults = openingFaults
        hardware = UareUHardware(model: model)
        hardware.presentations = presentations
    }

    // MARK: What people do

    /// What the next person does; answers a question that is open.
    package func present(_ presentation: FingerPresentation) {
        locked {
            hardware.present(presentation, at: time)
            condition.broadcast()
        }
    }

    /// Pulls the cable, on any thread.
    package func unplug() {
        locked {
            pullCable()
            condition.broadcast()
        }
    }

    /// Puts the cable back.
    package func plugIn() {
        locked { isUnplugged = false }
    }

    /// What is left of the sessions so far.
    package var traces: ScannerTraces {
        locked {
            ScannerTraces(
                isOpen: isOpen, pendingTransfers: pending.count, transfers: submitted, openings: openings,
                pictures: pictures, mode: hardware.mode)
        }
    }

    // MARK: The seam

    package var now: Duration { locked { time } }

    package func devices() throws(TransportError) -> [USBDeviceListing] {
        locked {
            plugInWhenDue()
            return isUnplugged ? [] : [model.listing]
        }
    }

    package func identify() throws(TransportError) -> USBDeviceListing {
        guard let listing = try devices().first else { throw TransportError(.absent) }
        return listing
    }

    package func open(_ interface: USBInterfaceChoice) throws(TransportError) {
        close()
        condition.lock()
        defer { condition.unlock() }
        openings += 1
        plugInWhenDue()
        if let reason = openingFaults[openings] { throw TransportError(reason, "emulated") }
        guard !isUnplugged, interface == .vendorSpecific || interface == .number(0) else {
            throw TransportError(.absent, "emulated")
        }
        isOpen = true
        isWoken = false
        hardware.begin()
    }

    package func submit(
        _ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?
    ) throws(TransportError) {
        condition.lock()
        defer { condition.unlock() }
        guard isOpen else { throw TransportError(.absent, "not open") }
        submitted += 1
        guard !isUnplugged else { throw TransportError(.unplugged, "emulated") }
        guard !pending.contains(where: { $0.id == id }) else { throw TransportError(.busy, "transfer id in use") }
        let fault = faultNow(transfer)
        var entry = Pending(id: id, transfer: transfer, fault: fault, settled: nil, limit: limit.map { time + $0 })
        if case .error(let reason) = fault {
            if reason == .unplugged { pullCable() }
            if reason == .stalled, let endpoint = transfer.endpoint { stalledEndpoints.insert(endpoint) }
            entry.settled = (time + Self.controlTime, .failure(TransportError(reason, "emulated")))
        } else if fault == .unplug {
            pullCable()
        } else if case .away(let duration) = fault {
            pullCable()
            returnsAt = time + duration
        } else if let endpoint = transfer.endpoint, stalledEndpoints.contains(endpoint) {
            entry.settled = (time, .failure(TransportError(.stalled, "emulated")))
        } else if fault != .silence {
            entry.settled = settledControl(transfer)
        }
        pending.append(entry)
    }

    package func nextCompletion(before deadline: Duration) throws(TransportError) -> USBCompletion? {
        condition.lock()
        defer { condition.unlock() }
        guard isOpen else { throw TransportError(.absent, "not open") }
        while true {
            if isWoken {
                isWoken = false
                return nil
            }
            let next = nextEnd()
            let target = min(next?.due ?? deadline, deadline)
            switch pace {
            case .simulated: clock = max(clock, target)
            case .real:
                let left = target - time
                if left > .zero {
                    _ = condition.wait(until: Date(timeIntervalSinceNow: left / .seconds(1)))
                    continue
                }
            }
            guard let next, next.due <= deadline else { return nil }
            return complete(next.index)
        }
    }

    package func rest(_ duration: Duration) {
        condition.lock()
        defer { condition.unlock() }
        switch pace {
        case .simulated: clock += duration
        case .real:
            let end = time + duration
            while time < end { _ = condition.wait(until: Date(timeIntervalSinceNow: (end - time) / .seconds(1))) }
        }
    }

    package func cancel(_ id: USBTransferID) {
        locked {
            for index in pending.indices where pending[index].id == id {
                pending[index].settled = (time, .failure(TransportError(.cancelled, "emulated")))
            }
            condition.broadcast()
        }
    }

    package func wake() {
        locked {
            isWoken = true
            condition.broadcast()
        }
    }

    package func clearStall(of endpoint: UInt8) throws(TransportError) {
        let isThere = locked {
            stalledEndpoints.remove(endpoint)
            return isOpen && !isUnplugged
        }
        guard isThere else { throw TransportError(.unplugged, "emulated") }
    }

    package func close() {
        locked {
            pending = []
            stalledEndpoints = []
            isOpen = false
            isWoken = false
            hardware.end()
        }
    }

    // MARK: Under the lock

    private func locked<Value>(_ body: () -> Value) -> Value {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }

    private var time: Duration {
        pace == .real ? start.duration(to: .now) : clock
    }

    private func faultNow(_ transfer: USBTransfer) -> ScannerFault? {
        guard case .read(let pipe, _) = transfer, pipe.kind == .bulk else { return faults[.transfer(submitted)] }
        pictures += 1
        return faults[.transfer(submitted)] ?? faults[.picture(pictures)]
    }

    private func pullCable() {
        isUnplugged = true
        hardware.end()
        for index in pending.indices {
            pending[index].settled = (time, .failure(TransportError(.unplugged, "emulated")))
        }
    }

    private func plugInWhenDue() {
        guard let due = returnsAt, time >= due else { return }
        returnsAt = nil
        isUnplugged = false
    }

    private func settledControl(_ transfer: USBTransfer) -> (due: Duration, result: Result<[UInt8], TransportError>)? {
        switch transfer {
        case .controlIn(let setup, let length):
            (time + Self.controlTime, hardware.control(setup, output: [], length: length, at: time))
        case .controlOut(let setup, let bytes):
            (time + Self.controlTime, hardware.control(setup, output: bytes, length: 0, at: time))
        case .read, .write: nil
        }
    }

    /// Which transfer ends first, and when; the one that was started first at the same instant.
    private func nextEnd() -> (index: Int, due: Duration)? {
        var first: (index: Int, due: Duration)?
        for (index, entry) in pending.enumerated() {
            guard let due = end(of: entry), first.map({ due < $0.due }) ?? true else { continue }
            first = (index, due)
        }
        return first
    }

    private func end(of entry: Pending) -> Duration? {
        if isUnplugged { return entry.settled?.due ?? clock }
        if let settled = entry.settled { return min(settled.due, entry.limit ?? settled.due) }
        var due: Duration?
        if entry.fault != .silence, case .read(let pipe, _) = entry.transfer {
            due = pipe.kind == .interrupt ? hardware.messages.first?.due : hardware.packet?.due
        }
        return [due, entry.limit].compactMap { $0 }.min()
    }

    private func complete(_ index: Int) -> USBCompletion {
        let entry = pending.remove(at: index)
        if let settled = entry.settled { return USBCompletion(id: entry.id, result: settled.result) }
        if isUnplugged { return USBCompletion(id: entry.id, result: .failure(TransportError(.unplugged, "emulated"))) }
        guard case .read(let pipe, let length) = entry.transfer, entry.fault != .silence,
            entry.limit.map({ time < $0 }) ?? true
        else { return USBCompletion(id: entry.id, result: .failure(TransportError(.timedOut, "emulated"))) }
        if pipe.kind == .interrupt { return USBCompletion(id: entry.id, result: .success(hardware.takeMessage())) }
        var bytes = hardware.takePacket()
        if case .shortPicture(let count) = entry.fault { bytes = Array(bytes.prefix(count)) }
        if entry.fault == .garbledPicture { bytes = bytes.prefix(64) + noise(bytes.count - 64) }
        guard bytes.count <= length else {
            return USBCompletion(id: entry.id, result: .failure(TransportError(.overflow, "emulated")))
        }
        return USBCompletion(id: entry.id, result: .success(bytes))
    }

    private func noise(_ count: Int) -> [UInt8] {
        var generator = EmulationSeed(model.keySeed ^ 0xFF)
        return (0..<max(0, count)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }
}

extension USBTransfer {
    /// The endpoint that can stall for good; endpoint 0 recovers with the next request.
    fileprivate var endpoint: UInt8? {
        switch self {
        case .controlIn, .controlOut: nil
        case .read(let pipe, _), .write(let pipe, _): pipe.endpoint
        }
    }
}
