import DeviceTransport
import Glibc
import Testing

@testable import DeviceTransportLinux

/// What can be asked of hidapi without a device; with one, see `Tests/Witness/stu430.sh`.
@Suite("hidapi")
struct HIDAPITransportTests {
    private func device(_ path: String) -> HIDDevice {
        HIDDevice(path: path, vendorID: 0x056A, productID: 0x00A4, product: "", serial: nil)
    }

    @Test("A maker of whom nothing is attached has no devices")
    func nothing() throws {
        #expect(try HIDAPITransport().list(vendorID: 0xFFFE).isEmpty)
    }

    @Test(
        "Only a present hidraw node is ever opened: hidapi 0.13 uses freed memory on any other",
        arguments: [
            "/dev/null", "/dev/zero", "", "/dev/hidraw", "/dev/hidraw99999", "/dev/hidraw1/../null",
            "/dev/hidraw123456",
        ])
    func notHidraw(path: String) {
        #expect(throws: TransportError(.absent, "no hidraw node")) { try HIDAPITransport().open(device(path)) }
    }

    @Test(
        "An error number of a device that is still there is named",
        arguments: [
            (EPIPE, TransportError.Reason.stalled), (EACCES, .permissionDenied), (ENODEV, .unplugged), (EBUSY, .busy),
            (ETIMEDOUT, .timedOut), (EIO, .inputOutput),
        ])
    func errors(number: Int32, reason: TransportError.Reason) {
        #expect(HIDAPINode.error(number, "call", isPresent: true).reason == reason)
        #expect(HIDAPINode.error(number, "call", isPresent: false).reason == .unplugged)
    }
}
