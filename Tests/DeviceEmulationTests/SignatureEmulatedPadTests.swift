import DeviceTransport
import Testing

@testable import DeviceEmulation

@Suite("An emulated STU-430 at the wire")
struct SignatureEmulatedPadTests {
    private let script = Handwriting.signature(of: "Test")

    private func open(_ pad: EmulatedSTU430) throws -> any HIDConnection {
        let devices = try pad.list(vendorID: 0x056A)
        return try pad.open(try #require(devices.first))
    }

    private func status(_ connection: any HIDConnection) throws -> [UInt8] {
        try connection.featureReport(0x03, length: 5)
    }

    @Test("Only its maker's number lists it")
    func list() throws {
        let pad = EmulatedSTU430(signing: script, pace: .simulated)
        #expect(try pad.list(vendorID: 0x056A).map(\.productID) == [0x00A4])
        #expect(try pad.list(vendorID: 0x05BA).isEmpty)
    }

    @Test("It answers with the documented capability, and stalls on reports it does not have")
    func answers() throws {
        let connection = try open(EmulatedSTU430(signing: script, pace: .simulated))
        #expect(
            try connection.featureReport(0x09, length: 17)
                == [0x09, 0x25, 0x80, 0x17, 0x70, 3, 0xFF, 1, 0x40, 0, 0xC8, 0xC8, 9, 0xEC, 2, 0, 0])
        #expect(throws: TransportError(.stalled, "emulated")) { try connection.featureReport(0x77, length: 64) }
        #expect(throws: TransportError(.stalled, "emulated")) { try connection.setFeatureReport([0x21]) }
        #expect(throws: TransportError(.stalled, "emulated")) { try connection.setFeatureReport([0x77, 0]) }
    }

    @Test("A command in the wrong state gives result 02 and no stall; a bad parameter gives 04")
    func results() throws {
        let connection = try open(EmulatedSTU430(signing: script, pace: .simulated))
        try connection.setFeatureReport([0x27, 0])
        #expect(try status(connection) == [0x03, 0x00, 0x02, 0, 0])
        try connection.setFeatureReport([0x21, 2])
        #expect(try status(connection) == [0x03, 0x00, 0x04, 0, 0])
        try connection.setFeatureReport([0x25, 0])
        #expect(try status(connection) == [0x03, 0x01, 0x00, 0, 0])
        try connection.setFeatureReport([0x20, 0])
        #expect(try status(connection)[2] == 0x02)
        try connection.setFeatureReport([0x27, 1])
        #expect(try status(connection) == [0x03, 0x00, 0x00, 0, 0])
    }

    @Test("Ink starts when inking goes on, in the shape that the option mode asks for")
    func ink() throws {
        for (mode, id, length) in [(0, 0x01, 7), (3, 0x34, 11)] as [(UInt8, UInt8, Int)] {
            let pad = EmulatedSTU430(signing: script, pace: .simulated)
            let connection = try open(pad)
            #expect(throws: TransportError(.timedOut, "emulated")) { try connection.inputReport(within: .seconds(9)) }
            try connection.setFeatureReport([0x32, mode])
            try connection.setFeatureReport([0x21, 0])
            try connection.setFeatureReport([0x21, 1])
            for _ in script.moments {
                let report = try connection.inputReport(within: .seconds(2))
                #expect(report.count == length && report[0] == id)
            }
            #expect(throws: TransportError(.timedOut, "emulated")) { try connection.inputReport(within: .seconds(9)) }
            #expect(pad.traces.inkOnScreen > 0)
            try connection.setFeatureReport([0x20, 0])
            #expect(pad.traces.inkOnScreen == 0)
        }
    }

    @Test("Cancelling ends one read, also one that waits in real time on another thread")
    func cancel() async throws {
        let connection = try open(EmulatedSTU430(signing: InkScript(strokes: []), pace: .real))
        let reading = Task.detached { () -> TransportError.Reason? in
            do throws(TransportError) {
                _ = try connection.inputReport(within: .seconds(600))
                return nil
            } catch {
                return error.reason
            }
        }
        connection.cancel()
        #expect(await reading.value == .cancelled)
        #expect(throws: TransportError(.timedOut, "emulated")) { try connection.inputReport(within: .zero) }
    }

    @Test("After closing, every call says that it is gone")
    func closed() throws {
        let connection = try open(EmulatedSTU430(signing: script, pace: .simulated))
        connection.close()
        connection.close()
        #expect(throws: TransportError(.unplugged, "emulated")) { try status(connection) }
        #expect(throws: TransportError(.unplugged, "emulated")) { try connection.inputReport(within: .zero) }
    }
}
