import DeviceTransport

/// What a driver may rely on with every USB transport, checked on a U.are.U scanner that has just been found:
/// the emulated one, and libusb under replay of a recorded one.
///
/// Each check gives a sentence for what is broken; none is good.
struct USBTransportContract {
    private let transport: any USBTransport
    private let message = USBPipe(.interrupt, endpoint: 0x81)
    private let picture = USBPipe(.bulk, endpoint: 0x82)
    private let status = USBSetup(requestType: 0xC0, request: 4, value: 7)

    init(_ transport: any USBTransport) {
        self.transport = transport
    }

    func violations() -> [String] {
        do throws(TransportError) {
            return try closedViolations() + openViolations() + closedViolations()
        } catch {
            return ["it failed with \(error)"]
        }
    }

    /// Before opening and after closing nothing can be started, and closing does no harm.
    private func closedViolations() -> [String] {
        transport.close()
        transport.cancel(USBTransferID(1))
        var violations: [String] = []
        do throws(TransportError) {
            try transport.submit(.read(message, length: 64), as: USBTransferID(1), within: nil)
            violations.append("a transfer was started on a closed device")
        } catch {
            if error.reason != .absent { violations.append("a closed device is not absent but \(error.reason)") }
        }
        do throws(TransportError) {
            _ = try transport.nextCompletion(before: transport.now)
            violations.append("a closed device was waited for")
        } catch {
            if error.reason != .absent { violations.append("a closed device is not absent but \(error.reason)") }
        }
        return violations
    }

    private func openViolations() throws(TransportError) -> [String] {
        var violations: [String] = []
        let listing = try transport.identify()
        try transport.open(.vendorSpecific)
        if try transport.identify() != listing { violations.append("opening changed what it is") }

        // A message stays pending while a request is answered.
        try transport.submit(.read(message, length: 64), as: USBTransferID(2), within: nil)
        try transport.submit(.controlIn(status, length: 1), as: USBTransferID(1), within: .seconds(5))
        let answer = try transport.nextCompletion(before: transport.now + .seconds(5))
        if answer?.id != USBTransferID(1) || answer?.bytes?.count != 1 { violations.append("no answer to a request") }

        do throws(TransportError) {
            try transport.submit(.read(message, length: 64), as: USBTransferID(2), within: nil)
            violations.append("an id was taken twice")
        } catch {
            if error.reason != .busy { violations.append("an id in use is not busy but \(error.reason)") }
        }

        let deadline = transport.now + .milliseconds(20)
        if try transport.nextCompletion(before: deadline) != nil { violations.append("a completion from nowhere") }
        if transport.now < deadline { violations.append("a wait ended before its deadline") }

        try transport.submit(.read(picture, length: 111_424), as: USBTransferID(3), within: .milliseconds(20))
        let late = try transport.nextCompletion(before: transport.now + .seconds(5))
        if late?.id != USBTransferID(3) || late?.reason != .timedOut { violations.append("a limit was not kept") }

        transport.wake()
        let far = transport.now + .seconds(60)
        if try transport.nextCompletion(before: far) != nil { violations.append("a call to wake gave a completion") }
        if transport.now >= far { violations.append("a call to wake came to nothing") }

        transport.cancel(USBTransferID(2))
        transport.cancel(USBTransferID(2))
        let cancelled = try transport.nextCompletion(before: transport.now + .seconds(5))
        if cancelled?.id != USBTransferID(2) || cancelled?.reason != .cancelled {
            violations.append("a cancelled transfer did not end so")
        }
        if try transport.nextCompletion(before: transport.now + .milliseconds(20)) != nil {
            violations.append("a transfer ended twice")
        }

        // Closing with a transfer under way collects it.
        try transport.submit(.read(message, length: 64), as: USBTransferID(2), within: nil)
        transport.close()
        try transport.open(.vendorSpecific)
        if try transport.nextCompletion(before: transport.now + .milliseconds(20)) != nil {
            violations.append("a completion from before the closing")
        }
        return violations
    }
}

extension USBCompletion {
    fileprivate var bytes: [UInt8]? { try? result.get() }

    fileprivate var reason: TransportError.Reason? {
        guard case .failure(let error) = result else { return nil }
        return error.reason
    }
}
