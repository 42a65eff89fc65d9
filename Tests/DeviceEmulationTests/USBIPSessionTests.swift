import DeviceTransport
import Glibc
import Testing

@testable import DeviceEmulation

/// One imported device, without a socket.
@Suite struct USBIPSessionTests {
    private let picturePipe = USBPipe(.bulk, endpoint: 0x82)

    private func started(_ header: [UInt8], in session: inout USBIPSession) throws -> [USBIPSession.Effect] {
        try session.handle(try USBIPCommand(header))
    }

    private func ended(
        _ number: Int, _ result: Result<[UInt8], TransportError>, in session: inout USBIPSession
    ) -> [USBIPSession.Effect] {
        session.handle(USBCompletion(id: USBTransferID(number), result: result))
    }

    private func reading(_ length: Int32, flags: UInt32 = 0) throws -> USBIPSession {
        var session = USBIPSession(USBDescriptors(of: .uareU4500))
        let effects = try started(
            USBIPBytes.submit(5, isIn: true, endpoint: 2, length: length, flags: flags), in: &session)
        #expect(effects == [.submit(.read(picturePipe, length: Int(length)), USBTransferID(5))])
        return session
    }

    @Test("A descriptor is answered without the device")
    func descriptor() throws {
        var session = USBIPSession(USBDescriptors(of: .uareU4500))
        let effects = try started(
            USBIPBytes.submit(1, isIn: true, endpoint: 0, length: 64, setup: [0x80, 6, 0, 1, 0, 0, 8, 0]), in: &session)
        let first8 = Array(USBDescriptors(of: .uareU4500).device.prefix(8))
        #expect(effects == [.reply(.submitted(sequence: 1, status: 0, length: 8, input: first8))])
    }

    @Test("A request of the vendor's goes to the device, and its end to the client")
    func vendorRequest() throws {
        var session = USBIPSession(USBDescriptors(of: .uareU4500))
        let setup = USBSetup(requestType: 0xC0, request: 4, value: 7)
        let header = USBIPBytes.submit(2, isIn: true, endpoint: 0, length: 1, setup: [0xC0, 4, 7, 0, 0, 0, 1, 0])
        #expect(try started(header, in: &session) == [.submit(.controlIn(setup, length: 1), USBTransferID(2))])
        let reply = USBIPReply.submitted(sequence: 2, status: 0, length: 1, input: [0x81])
        #expect(ended(2, .success([0x81]), in: &session) == [.reply(reply)])
        #expect(reply.bytes == USBIPBytes.words([3, 2, 0, 0, 0, 0, 1]) + [0x81])
    }

    @Test(
        "How a transfer failed is told by Linux's number",
        arguments: [
            (TransportError.Reason.stalled, EPIPE), (.overflow, EOVERFLOW), (.timedOut, ETIMEDOUT),
            (.inputOutput, EPROTO), (.cancelled, ECONNRESET),
        ])
    func failures(reason: TransportError.Reason, number: Int32) throws {
        var session = try reading(64)
        let effects = ended(5, .failure(TransportError(reason)), in: &session)
        #expect(effects == [.reply(.submitted(sequence: 5, status: -number, length: 0, input: []))])
    }

    @Test("A device that is unplugged ends the session")
    func unplugged() throws {
        var session = try reading(64)
        #expect(ended(5, .failure(TransportError(.unplugged)), in: &session) == [.leave])
    }

    @Test("A stalled endpoint refuses until the client clears it, and the device is told")
    func stalled() throws {
        var session = try reading(64)
        _ = ended(5, .failure(TransportError(.stalled)), in: &session)
        let again = USBIPBytes.submit(6, isIn: true, endpoint: 2, length: 64)
        #expect(
            try started(again, in: &session) == [
                .reply(.submitted(sequence: 6, status: -EPIPE, length: 0, input: []))
            ])
        let clear = USBIPBytes.submit(7, isIn: false, endpoint: 0, length: 0, setup: [2, 1, 0, 0, 0x82, 0, 0, 0])
        #expect(
            try started(clear, in: &session) == [
                .clearStall(0x82), .reply(.submitted(sequence: 7, status: 0, length: 0, input: [])),
            ])
        #expect(try started(again, in: &session) == [.submit(.read(picturePipe, length: 64), USBTransferID(6))])
    }

    @Test("Less than was asked for is an error only for a client that says so")
    func short() throws {
        for (flags, status) in [(0, 0), (1, -EREMOTEIO)] as [(UInt32, Int32)] {
            var session = try reading(64, flags: flags)
            let effects = ended(5, .success([1, 2]), in: &session)
            #expect(effects == [.reply(.submitted(sequence: 5, status: status, length: 2, input: [1, 2]))])
        }
    }

    @Test("A client never gets more than it asked for")
    func overflow() throws {
        var session = try reading(2)
        let effects = ended(5, .success([1, 2, 3]), in: &session)
        #expect(effects == [.reply(.submitted(sequence: 5, status: -EOVERFLOW, length: 2, input: [1, 2]))])
    }

    @Test("A transfer that is given up has no reply of its own, whichever end comes")
    func unlinked() throws {
        for result in [.success([1]), .failure(TransportError(.cancelled))] as [Result<[UInt8], TransportError>] {
            var session = try reading(64)
            #expect(
                try started(USBIPBytes.unlink(6, target: 5), in: &session) == [
                    .cancel(USBTransferID(5)), .reply(.unlinked(sequence: 6, status: -ECONNRESET)),
                ])
            #expect(ended(5, result, in: &session).isEmpty)
        }
    }

    @Test("Giving up what has ended says that it had")
    func unlinkedLate() throws {
        var session = try reading(64)
        _ = ended(5, .success([]), in: &session)
        #expect(
            try started(USBIPBytes.unlink(6, target: 5), in: &session) == [.reply(.unlinked(sequence: 6, status: 0))])
    }

    @Test("A number in use cannot be used again, and a client cannot pile transfers up without end")
    func limits() throws {
        var session = try reading(64)
        #expect(throws: USBIPFailure.sequence(5)) {
            try started(USBIPBytes.submit(5, isIn: true, endpoint: 2, length: 1), in: &session)
        }
        for number in 6..<UInt32(5 + USBIPSession.mostPending) {
            _ = try started(USBIPBytes.submit(number, isIn: true, endpoint: 2, length: 64), in: &session)
        }
        #expect(
            try started(USBIPBytes.submit(9999, isIn: true, endpoint: 2, length: 64), in: &session) == [
                .reply(.submitted(sequence: 9999, status: -ENOMEM, length: 0, input: []))
            ])
    }

    @Test("An endpoint that the device does not have stalls")
    func noEndpoint() throws {
        var session = USBIPSession(USBDescriptors(of: .uareU4500))
        let effects = try started(USBIPBytes.submit(1, isIn: false, endpoint: 3, length: 0), in: &session)
        #expect(effects == [.reply(.submitted(sequence: 1, status: -EPIPE, length: 0, input: []))])
    }
}
