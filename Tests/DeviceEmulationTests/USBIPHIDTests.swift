import DeviceTransport
import Testing

@testable import DeviceEmulation

/// The pad as a USB device.
@Suite struct USBIPHIDTests {
    private let pad = EmulatedSTU430(signing: Handwriting.signature(of: "Peeters", seed: 1), pace: .simulated)
    private let input = USBPipe(.interrupt, endpoint: 0x81)

    private func opened() throws -> HIDOverUSB {
        let pad = pad
        let device = HIDOverUSB(pad, vendorID: 0x056A, interval: .zero) { pad.now }
        try device.open(.number(0))
        return device
    }

    private func done(
        _ device: HIDOverUSB, _ transfer: USBTransfer, within limit: Duration? = nil
    ) throws -> Result<[UInt8], TransportError> {
        try device.submit(transfer, as: USBTransferID(1), within: limit)
        return try #require(try device.nextCompletion(before: device.now + .seconds(60))).result
    }

    private func setReport(_ report: [UInt8]) -> USBTransfer {
        .controlOut(USBSetup(requestType: 0x21, request: 9, value: 0x0300 | UInt16(report[0])), report)
    }

    private func getReport(_ id: UInt16) -> USBTransfer {
        .controlIn(USBSetup(requestType: 0xA1, request: 1, value: 0x0300 | id), length: 17)
    }

    @Test("It is found, and its only interface opens")
    func opens() throws {
        let device = try opened()
        #expect(try device.identify().product == 0x00A4)
        #expect(throws: TransportError.self) { try device.open(.number(1)) }
        device.close()
        #expect(!pad.traces.isOpen)
        #expect(throws: TransportError.self) { try device.nextCompletion(before: .zero) }
    }

    @Test("Feature reports go both ways on endpoint 0, and an unknown one stalls")
    func features() throws {
        let device = try opened()
        #expect(try done(device, getReport(0x08)).get().starts(with: [8] + Array("STU-430".utf8)))
        #expect(try done(device, setReport([0x32, 3])).get().isEmpty)
        #expect(try done(device, getReport(0x32)).get() == [0x32, 3])
        #expect(try done(device, getReport(0x99)) == .failure(TransportError(.stalled, "emulated")))
        #expect(try done(device, setReport([0x99, 0])) == .failure(TransportError(.stalled, "emulated")))
        let idle = USBSetup(requestType: 0x21, request: 0x0A, value: 0x0700)
        #expect(try done(device, .controlOut(idle, [])).get().isEmpty)
        let idleRate = USBSetup(requestType: 0xA1, request: 2, value: 0)
        #expect(try done(device, .controlIn(idleRate, length: 1)).get() == [7])
    }

    @Test("Input reports come one a read, none is lost to a read that was given up or to a request between")
    func inputs() throws {
        let device = try opened()
        _ = try done(device, setReport([0x32, 3]))
        _ = try done(device, setReport([0x21, 0]))
        _ = try done(device, setReport([0x21, 1]))
        var sequences: [UInt16] = []
        for number in 0..<40 {
            if number % 5 == 0 {
                try device.submit(.read(input, length: 64), as: USBTransferID(9), within: nil)
                device.cancel(USBTransferID(9))
                let end = try #require(try device.nextCompletion(before: device.now + .seconds(1)))
                #expect(
                    end == USBCompletion(id: USBTransferID(9), result: .failure(TransportError(.cancelled, "emulated")))
                )
                _ = try done(device, getReport(0x03))
            }
            let report = try done(device, .read(input, length: 64)).get()
            #expect(report.count == 11 && report[0] == 0x34)
            sequences.append(UInt16(report[9]) << 8 | UInt16(report[10]))
        }
        #expect(zip(sequences, sequences.dropFirst()).allSatisfy { $1 == $0 &+ 1 })
    }

    @Test("A read with a limit ends when it is over, one without stays")
    func limits() throws {
        let device = try opened()
        _ = try done(device, setReport([0x21, 0]))
        let end = try done(device, .read(input, length: 64), within: .milliseconds(100))
        #expect(end == .failure(TransportError(.timedOut, "emulated")))
        try device.submit(.read(input, length: 64), as: USBTransferID(2), within: nil)
        #expect(try device.nextCompletion(before: device.now + .seconds(5)) == nil)
    }

    @Test("Waking ends the wait, once")
    func waking() throws {
        let device = try opened()
        device.wake()
        #expect(try device.nextCompletion(before: device.now + .seconds(600)) == nil)
    }

    @Test("A pad that is pulled out ends the read")
    func unplugged() throws {
        let pad = EmulatedSTU430(
            signing: Handwriting.signature(of: "Peeters", seed: 1), pace: .simulated, faults: [.unpluggedAtReport(3)])
        let device = HIDOverUSB(pad, vendorID: 0x056A, interval: .zero) { pad.now }
        try device.open(.number(0))
        _ = try done(device, setReport([0x21, 0]))
        _ = try done(device, setReport([0x21, 1]))
        for _ in 0..<3 { _ = try done(device, .read(input, length: 64)).get() }
        #expect(try done(device, .read(input, length: 64)) == .failure(TransportError(.unplugged, "emulated")))
        #expect(throws: TransportError.self) { try device.identify() }
    }
}
