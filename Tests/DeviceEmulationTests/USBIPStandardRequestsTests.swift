import DeviceTransport
import Testing

@testable import DeviceEmulation

/// Endpoint 0 as far as all devices are alike.
@Suite struct USBIPStandardRequestsTests {
    private static let scanner = USBDescriptors(of: .uareU4500)

    private func answer(
        _ requests: inout USBStandardRequests, _ type: UInt8, _ request: UInt8, _ value: UInt16, _ index: UInt16 = 0
    ) -> USBStandardRequests.Answer {
        requests.answer(USBSetup(requestType: type, request: request, value: value, index: index))
    }

    @Test("The emulated 4500 has the descriptors that a real one was recorded with")
    func recorded4500() {
        let recorded: [UInt8] = [
            0x12, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x40, 0xBA, 0x05, 0x0A, 0x00, 0x03, 0x01, 0x01, 0x02, 0x03, 0x01,
            0x09, 0x02, 0x20, 0x00, 0x01, 0x01, 0x00, 0x80, 0x64, 0x09, 0x04, 0x00, 0x00, 0x02, 0xFF, 0xFF, 0xFF, 0x00,
            0x07, 0x05, 0x81, 0x03, 0x40, 0x00, 0x08, 0x07, 0x05, 0x82, 0x02, 0x40, 0x00, 0x00,
        ]
        #expect(Self.scanner.device + Self.scanner.configuration == recorded)
    }

    @Test("The emulated Microsoft reader has the descriptors that a real one was recorded with")
    func recordedMicrosoft() {
        let descriptors = USBDescriptors(of: .microsoftReaderV2)
        let device: [UInt8] = [
            0x12, 0x01, 0x00, 0x02, 0x00, 0x00, 0x00, 0x40, 0x5E, 0x04, 0xCA, 0x00, 0x00, 0x01, 0x01, 0x02, 0x03, 0x01,
        ]
        #expect(descriptors.device == device)
        #expect(Array(descriptors.configuration.dropFirst(9)) == Array(Self.scanner.configuration.dropFirst(9)))
        #expect(descriptors.configuration[8] == 0x82)
    }

    @Test("The emulated pad's report descriptor has the length that its HID descriptor tells")
    func pad() throws {
        let pad = USBDescriptors.stu430(serial: "EMUL000430")
        let report = try #require(pad.reports[0])
        #expect(report.count == 322)
        let hid = try #require(pad.hidDescriptor(of: 0))
        #expect(Int(hid[7]) | Int(hid[8]) << 8 == report.count)
        var requests = USBStandardRequests(pad)
        #expect(answer(&requests, 0x81, 6, 0x2200) == .done(report))
        #expect(answer(&requests, 0x81, 6, 0x2100) == .done(hid))
        #expect(answer(&requests, 0x81, 6, 0x2200, 1) == .stall)
    }

    @Test("A configuration is chosen, told, and left again")
    func configuration() {
        var requests = USBStandardRequests(Self.scanner)
        #expect(answer(&requests, 0x80, 8, 0) == .done([0]))
        #expect(answer(&requests, 0x00, 9, 1) == .done([]))
        #expect(answer(&requests, 0x80, 8, 0) == .done([1]))
        #expect(answer(&requests, 0x00, 9, 2) == .stall)
        #expect(answer(&requests, 0x00, 9, 0) == .done([]))
        #expect(answer(&requests, 0x80, 8, 0) == .done([0]))
    }

    @Test("A halted endpoint says so until it is cleared, and clearing reaches the device")
    func halt() {
        var requests = USBStandardRequests(Self.scanner)
        requests.halt(0x82)
        #expect(answer(&requests, 0x82, 0, 0, 0x82) == .done([1, 0]))
        #expect(answer(&requests, 0x82, 0, 0, 0x81) == .done([0, 0]))
        #expect(answer(&requests, 0x02, 1, 0, 0x82) == .clearHalt(0x82))
        #expect(answer(&requests, 0x82, 0, 0, 0x82) == .done([0, 0]))
        #expect(answer(&requests, 0x02, 3, 0, 0x81) == .done([]))
        #expect(requests.haltedEndpoints == [0x81])
        #expect(answer(&requests, 0x00, 9, 1) == .done([]))
        #expect(requests.haltedEndpoints.isEmpty)
        #expect(answer(&requests, 0x02, 1, 0, 0x83) == .stall)
    }

    @Test("A text is UTF-16 and never longer than its length byte can tell")
    func texts() throws {
        let long = String(repeating: "é", count: 300)
        let descriptors = USBDescriptors(device: [], configuration: [], strings: [1: "U®", 2: long])
        #expect(descriptors.string(1) == [6, 3, 0x55, 0, 0xAE, 0])
        #expect(try #require(descriptors.string(2)).count == 254)
        #expect(descriptors.string(0) == [4, 3, 9, 4])
        #expect(descriptors.string(3) == nil)
    }

    @Test("Only standard requests are answered here; the rest is for the device")
    func others() {
        var requests = USBStandardRequests(Self.scanner)
        for type in UInt8.min...UInt8.max where type & 0x60 != 0 {
            for request in UInt8.min...UInt8.max {
                #expect(answer(&requests, type, request, 0x0100) == .forDevice)
            }
        }
    }

    @Test("Descriptors cut anywhere, or whose lengths lie, are read as far as they go")
    func broken() {
        let whole = Self.scanner.configuration
        for length in 0...whole.count {
            let cut = USBDescriptors(
                device: Self.scanner.device, configuration: Array(whole.prefix(length)), strings: [:])
            #expect(cut.interfaces.count == (length >= 18 ? 1 : 0))
            #expect((cut.pipe(0x82) != nil) == (length == whole.count))
        }
        for index in whole.indices {
            var lying = whole
            for value in [0, 1, 0xFF] as [UInt8] {
                lying[index] = value
                let read = USBDescriptors(device: [], configuration: lying, strings: [:])
                #expect(read.interfaces.count <= 1 && read.vendor == 0)
                _ = (read.pipe(0x81), read.hidDescriptor(of: 0), read.configurationValue)
            }
        }
    }
}
