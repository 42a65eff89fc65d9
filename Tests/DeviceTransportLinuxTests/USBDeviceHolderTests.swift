import DeviceTransport
import DeviceTransportLinux
import Foundation
import Testing

@Suite struct USBDeviceHolderTests {
    private let device = USBDeviceListing(
        vendor: 0x05BA, product: 0x000A, release: 0x0103, bus: 1, address: 50, serial: nil, productName: nil)

    @Test("The program with the device's node open is named; fprintd is suspected when its files are hidden")
    func holders() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "loket-proc-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try process(7, "bash", files: ["/dev/null", "/dev/bus/usb/001/051"], in: folder)
        #expect(USBDeviceHolder.find(of: device, in: folder.path) == nil)
        try process(81, "fprintd", files: nil, in: folder)
        #expect(USBDeviceHolder.find(of: device, in: folder.path)?.text == "probably held by fprintd, process 81")
        try process(90, "other-loket", files: ["/dev/bus/usb/001/050"], in: folder)
        #expect(USBDeviceHolder.find(of: device, in: folder.path)?.text == "held by other-loket, process 90")
        #expect(USBDeviceHolder.find(of: device, in: folder.path + "/none") == nil)
    }

    private func process(_ number: Int, _ name: String, files: [String]?, in folder: URL) throws {
        let home = folder.appending(path: "\(number)")
        try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
        try Data("\(name)\n".utf8).write(to: home.appending(path: "comm"))
        guard let files else { return }
        let open = home.appending(path: "fd")
        try FileManager.default.createDirectory(at: open, withIntermediateDirectories: true)
        for (index, file) in files.enumerated() {
            try FileManager.default.createSymbolicLink(
                atPath: open.appending(path: "\(index)").path, withDestinationPath: file)
        }
    }
}
