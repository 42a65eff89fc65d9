import CLibUSB
import DeviceTransport
import FoundationEssentials

/// A libusb session of one's own, so that one device's events never wake another device's thread.
// @unchecked: libusb serialises access to a context itself; the pointer never changes.
final class LibUSBContext: @unchecked Sendable {
    let pointer: OpaquePointer

    init() throws(TransportError) {
        var context: OpaquePointer?
        try TransportError.check(libusb_init(&context))
        guard let context else { throw TransportError(.serviceDown, "libusb_init") }
        pointer = context
    }

    deinit {
        libusb_exit(pointer)
    }

    /// Runs `body` with the attached devices and what is known of each; they are only valid within.
    func withDevices<Value>(
        _ body: ([(device: OpaquePointer, listing: USBDeviceListing)]) throws(TransportError) -> Value
    ) throws(TransportError) -> Value {
        var list: UnsafeMutablePointer<OpaquePointer?>?
        let count = try TransportError.check(libusb_get_device_list(pointer, &list))
        guard let list else { return try body([]) }
        defer { libusb_free_device_list(list, 1) }
        var devices: [(device: OpaquePointer, listing: USBDeviceListing)] = []
        for index in 0..<count {
            guard let device = list[index], let listing = Self.listing(of: device) else { continue }
            devices.append((device, listing))
        }
        return try body(devices)
    }

    /// What is known of a device without opening it; nil when it went away meanwhile.
    private static func listing(of device: OpaquePointer) -> USBDeviceListing? {
        var descriptor = libusb_device_descriptor()
        guard libusb_get_device_descriptor(device, &descriptor) == 0 else { return nil }
        let attributes = attributeFolder(of: device)
        return USBDeviceListing(
            vendor: descriptor.idVendor, product: descriptor.idProduct, release: descriptor.bcdDevice,
            bus: Int(libusb_get_bus_number(device)), address: Int(libusb_get_device_address(device)),
            serial: attributes.flatMap { text("serial", in: $0) },
            productName: attributes.flatMap { text("product", in: $0) })
    }

    /// Where the kernel keeps what it read at plugging in. Asking the device itself for its strings
    /// would need the right to open it, would wake it from suspension, and is not in any recording.
    private static func attributeFolder(of device: OpaquePointer) -> String? {
        var ports = [UInt8](repeating: 0, count: 7)
        let count = libusb_get_port_numbers(device, &ports, Int32(ports.count))
        guard count > 0 else { return nil }
        let path = ports[..<Int(count)].map(String.init).joined(separator: ".")
        return "/sys/bus/usb/devices/\(libusb_get_bus_number(device))-\(path)"
    }

    private static func text(_ attribute: String, in folder: String) -> String? {
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(attribute)") else { return nil }
        let line = data.prefix { $0 != 0x0A }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
