import DeviceEmulation
import DeviceTransport
import DeviceTransportLinux
import Foundation
import Testing

@Suite struct USBTransportContractTests {
    @Test(
        "The emulated scanner keeps the contract of a USB transport, at either pace",
        arguments: [EmulatedUareU.Pace.simulated, .real])
    func emulated(pace: EmulatedUareU.Pace) {
        #expect(USBTransportContract(EmulatedUareU(pace: pace)).violations().isEmpty)
        #expect(USBTransportContract(EmulatedUareU(.microsoftReaderV2, pace: pace)).violations().isEmpty)
    }

    @Test(
        "libusb keeps the same contract under replay of a recorded scanner",
        .enabled(
            if: Replay.isPossible, "SKIPPED: no ../shared/witness/uru4000-4500 or LOKET_WITNESS, or no umockdev-run"))
    func libusb() throws {
        let outcome = try Replay.run(
            device: Replay.deviceFile(), recording: Replay.recording().file, test: "USBTransportContractTests/replayed")
        #expect(outcome.text == "kept")
    }

    @Test("Under replay: the contract", .enabled(if: Replay.outputPath != nil, "runs only under umockdev-run"))
    func replayed() throws {
        let listing = try #require(try LibUSBDeviceLister().devices().first { $0.vendor == 0x05BA })
        let violations = USBTransportContract(LibUSBTransport(to: listing)).violations()
        let text = violations.isEmpty ? "kept" : violations.joined(separator: "\n")
        try Data(text.utf8).write(to: URL(filePath: try #require(Replay.outputPath)))
    }

    @Test("A device that is not attached is absent, to look at and to open")
    func absent() {
        let nowhere = LibUSBTransport(
            to: USBDeviceListing(
                vendor: 0xFFFF, product: 0xFFFE, release: 0, bus: 99, address: 99, serial: "none", productName: nil))
        #expect(throws: TransportError(.absent)) { try nowhere.identify() }
        #expect(throws: TransportError(.absent)) { try nowhere.open(.vendorSpecific) }
        nowhere.wake()
        nowhere.close()
    }
}
