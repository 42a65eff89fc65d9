import DeviceTransport
import Testing

@Suite struct USBDeviceListingTests {
    private func listing(_ product: UInt16 = 0x000A, address: Int = 5, serial: String? = nil) -> USBDeviceListing {
        USBDeviceListing(
            vendor: 0x05BA, product: product, release: 0x0103, bus: 1, address: address, serial: serial,
            productName: nil)
    }

    @Test("A device with a serial is the same one wherever it is plugged in")
    func serial() {
        #expect(listing(serial: "A").isSameDevice(as: listing(address: 9, serial: "A")))
        #expect(!listing(serial: "A").isSameDevice(as: listing(serial: "B")))
        #expect(!listing(serial: "A").isSameDevice(as: listing()))
    }

    @Test("Two devices of a model without serials differ by their place")
    func place() {
        #expect(listing().isSameDevice(as: listing()))
        #expect(!listing().isSameDevice(as: listing(address: 6)))
    }

    @Test("Another model is another device, whatever its serial")
    func model() {
        #expect(!listing(serial: "A").isSameDevice(as: listing(0x000B, serial: "A")))
    }
}
