import DeviceTransport
import Testing

@Suite struct USBDeviceListingTests {
    private func listing(_ product: UInt16 = 0x000A, address: Int = 5, serial: String? = nil) -> USBDeviceListing {
        USBDeviceListing(
            vendor: 0x05BA, product: product, release: 0x0103, bus: 1, address: address, serial: serial,
            productName: nil)
    }

    @Test("A device with a serial is found wherever it is plugged in, and no other in its place")
    func serial() {
        let moved = listing(address: 9, serial: "A")
        #expect(listing(serial: "A").found(among: [listing(serial: "B"), moved]) == moved)
        #expect(listing(serial: "A").found(among: [listing(serial: "B"), listing()]) == nil)
    }

    @Test("Of two devices without serials each is found in its place, and none elsewhere")
    func place() {
        let attached = [listing(address: 4), listing(address: 5)]
        #expect(listing(address: 5).found(among: attached) == attached[1])
        #expect(listing(address: 6).found(among: attached) == nil)
    }

    @Test("The only device of a model without serials is found after replugging")
    func replugged() {
        #expect(listing(address: 5).found(among: [listing(address: 8)]) == listing(address: 8))
    }

    @Test("Another model is another device, whatever its serial")
    func model() {
        #expect(listing(serial: "A").found(among: [listing(0x000B, serial: "A")]) == nil)
        #expect(listing().found(among: []) == nil)
    }
}
