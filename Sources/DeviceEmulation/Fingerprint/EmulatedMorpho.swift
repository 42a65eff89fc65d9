package import DeviceTransport
import Foundation

/// A MorphoSmart module at the wire: it takes frames on its bulk OUT endpoint and gives frames on its bulk IN
/// endpoint, in process.
///
/// What people do at it is a list of presentations; what goes wrong is a list of faults. With the pace
/// `.simulated` waiting only moves its clock, so that a test of a whole minute takes no time.
// @unchecked: everything that changes is touched under `condition` only.
package final class EmulatedMorpho: USBTransport, USBDeviceLister, @unchecked Sendable {
    private struct Pending {
        let id: USBTransferID
        let transfer: USBTransfer
        let fault: MorphoFault?
        /// When and how it ends whatever the module says.
        var settled: (due: Duration, result: Result<[UInt8], TransportError>)?
        let limit: Duration?
    }

    private static let transferTime: Duration = .microseconds(500)

    private let condition = NSCondition()
    private let start = ContinuousClock.now
    private let pace: EmulationPace
    private let model: MorphoModel
    private let faults: [Int: MorphoFault]
    private let openingFaults: [Int: TransportError.Reason]

    private var hardware: MorphoHardware
    private var clock: Duration = .zero
    private var pending: [Pending] = []
    private var stalledEndpoints: Set<UInt8> = []
    private var isOpen = false
    private var isUnplugged = false
    private var isWoken = false
    private var submitted = 0
    private var openings = 0
    private var written: [[UInt8]] = []
    /// What a split transfer left for the next read.
    private var leftOver: [UInt8] = []

    /// - Parameters:
    ///   - presentations: one for each time that the module looks out for a finger; more can follow.
    ///   - faults: by transfer, counted from 1 over the module's whole life.
    ///   - openingFaults: by opening, counted from 1.
    package init(
        _ model: MorphoModel = .mso1300, presentations: [MorphoPresentation] = [], pace: EmulationPace,
        faults: [Int: MorphoFault] = [:], openingFaults: [Int: TransportError.Reason] = [:]
    ) {
        self.model = model
        self.pace = pace
        self.faults = faults
        self.openingFaults = openingFaults
        hardware = MorphoHardware(model: model)
        hardware.presentations = presentations
    }

    // MARK: What people do

    /// What the next person does; answers a question that is open.
    package func present(_ presentation: MorphoPresentation) {
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

    /// Puts the cable back: the module starts anew.
    package func plugIn() {
        locked {
            isUnplugged = false
            hardware.powerUp()
        }
    }

    /// What is left of the sessions so far.
    package var traces: MorphoTraces {
        locked {
            MorphoTraces(
                isOpen: isOpen, pendingTransfers: pending.count, transfers: submitted, openings: openings,
                commands: hardware.received, written: written, isRunning: hardware.isRunning(at: time))
        }
    }

    // MARK: The seam

    package var now: Duration { locked { time } }

    package func devices() throws(TransportError) -> [USBDeviceListing] {
        locked { isUnplugged ? [] : [model.listing] }
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
        if let reason = openingFaults[openings] { throw TransportError(reason, "emulated") }
        guard !isUnplugged, interface == .number(model.interface) else { throw TransportError(.absent, "emulated") }
        isOpen = true
        isWoken = false
    }

    package func submit(
        _ transfer: USBTransfer, as id: USBTransferID, within limit: Duration?
    ) throws(TransportError) {
        condition.lock()
        defer { condition.unlock() }
        guard isOpen else { throw TransportError(.absent, "not open") }
        submitted += 1
        if case .write(_, let bytes) = transfer { written.append(bytes) }
        guard !isUnplugged else { throw TransportError(.unplugged, "emulated") }
        guard !pending.contains(where: { $0.id == id }) else { throw TransportError(.busy, "transfer id in use") }
        let fault = faults[submitted]
        var entry = Pending(id: id, transfer: transfer, fault: fault, settled: nil, limit: limit.map { time + $0 })
        switch fault {
        case .error(let reason):
            if reason == .unplugged { pullCable() }
            if reason == .stalled { stalledEndpoints.insert(transfer.endpoint) }
            entry.settled = (time + Self.transferTime, failure(reason))
        case .unplug: pullCable()
        case .silence: break
        case .cut, .garbage, .split, nil:
            entry.settled =
                stalledEndpoints.contains(transfer.endpoint) ? (time, failure(.stalled)) : settled(transfer, fault)
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

    package func cancel(_ id: USBTransferID) {
        locked {
            for index in pending.indices where pending[index].id == id {
                pending[index].settled = (time, failure(.cancelled))
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

    /// Unlike a cable that is pulled, this leaves the module doing what it was doing.
    package func close() {
        locked {
            pending = []
            stalledEndpoints = []
            isOpen = false
            isWoken = false
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

    private func failure(_ reason: TransportError.Reason) -> Result<[UInt8], TransportError> {
        .failure(TransportError(reason, "emulated"))
    }

    private func pullCable() {
        isUnplugged = true
        leftOver = []
        for index in pending.indices { pending[index].settled = (time, failure(.unplugged)) }
    }

    /// A read ends when the module says something; everything else ends soon.
    private func settled(
        _ transfer: USBTransfer, _ fault: MorphoFault?
    ) -> (due: Duration, result: Result<[UInt8], TransportError>)? {
        switch transfer {
        case .read(let pipe, _) where pipe == USBPipe(.bulk, endpoint: model.readEndpoint): return nil
        case .write(let pipe, let bytes) where pipe == USBPipe(.bulk, endpoint: MorphoModel.writeEndpoint):
            hardware.receive(damaged(bytes, by: fault), at: time)
            return (time + Self.transferTime, .success([]))
        // The requests of a modem, which some programs send first, are taken and mean nothing.
        case .controlOut(let setup, _) where setup.requestType == 0x21:
            return (time + Self.transferTime, .success([]))
        default: return (time + Self.transferTime, failure(.stalled))
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
        if isUnplugged { return entry.settled?.due ?? time }
        if let settled = entry.settled { return min(settled.due, entry.limit ?? settled.due) }
        var due: Duration?
        if entry.fault != .silence, case .read = entry.transfer { due = leftOver.isEmpty ? hardware.nextDue : time }
        return [due, entry.limit].compactMap { $0 }.min()
    }

    private func complete(_ index: Int) -> USBCompletion {
        let entry = pending.remove(at: index)
        if let settled = entry.settled { return USBCompletion(id: entry.id, result: settled.result) }
        if isUnplugged { return USBCompletion(id: entry.id, result: failure(.unplugged)) }
        guard case .read(_, let length) = entry.transfer, entry.fault != .silence,
            entry.limit.map({ time < $0 }) ?? true
        else { return USBCompletion(id: entry.id, result: failure(.timedOut)) }
        return USBCompletion(id: entry.id, result: .success(read(length, entry.fault)))
    }

    private func read(_ length: Int, _ fault: MorphoFault?) -> [UInt8] {
        var bytes = leftOver.isEmpty ? hardware.take(length, at: time) : leftOver
        leftOver = []
        if case .split(let count) = fault, count < bytes.count {
            leftOver = Array(bytes[count...])
            bytes = Array(bytes[..<count])
        }
        return damaged(bytes, by: fault)
    }

    private func damaged(_ bytes: [UInt8], by fault: MorphoFault?) -> [UInt8] {
        switch fault {
        case .cut(let count): return Array(bytes.prefix(count))
        case .garbage:
            var generator = EmulationSeed(UInt64(submitted))
            return bytes.map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        default: return bytes
        }
    }
}

extension USBTransfer {
    fileprivate var endpoint: UInt8 {
        switch self {
        case .controlIn, .controlOut: 0
        case .read(let pipe, _), .write(let pipe, _): pipe.endpoint
        }
    }
}
