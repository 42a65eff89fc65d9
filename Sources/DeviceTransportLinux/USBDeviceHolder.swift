package import DeviceTransport
import Foundation

/// Which program has a USB device open, as far as /proc tells this user.
package struct USBDeviceHolder: Hashable, Sendable {
    package let name: String
    package let process: Int
    /// Whether its open file was seen, or only that it runs: another user's files are hidden from us.
    package let isCertain: Bool

    /// The desktop's sign-in with a fingerprint takes any scanner that it knows.
    private static let usual = "fprintd"

    /// The program that holds the device, or else the one that usually does when it runs.
    ///
    /// - Parameter processes: the folder that is /proc, but in a test.
    package static func find(of device: USBDeviceListing, in processes: String = "/proc") -> USBDeviceHolder? {
        let node = "/dev/bus/usb/\(padded(device.bus))/\(padded(device.address))"
        let own = Int(ProcessInfo.processInfo.processIdentifier)
        var likely: USBDeviceHolder?
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: processes)) ?? []
        for process in entries.compactMap(Int.init).sorted() where process != own {
            let folder = "\(processes)/\(process)"
            guard let name = name(in: folder) else { continue }
            let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/fd")) ?? []
            for file in files
            where (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/fd/\(file)")) == node {
                return USBDeviceHolder(name: name, process: process, isCertain: true)
            }
            if name == usual { likely = USBDeviceHolder(name: name, process: process, isCertain: false) }
        }
        return likely
    }

    /// For the technician.
    package var text: String {
        "\(isCertain ? "held" : "probably held") by \(name), process \(process)"
    }

    private static func name(in folder: String) -> String? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/comm") else { return nil }
        return String(decoding: data.prefix { $0 != 0x0A }, as: UTF8.self)
    }

    private static func padded(_ number: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 3 - text.count)) + text
    }
}
