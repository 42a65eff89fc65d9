import CHIDAPI
package import DeviceTransport
import Glibc
import Synchronization

/// HID devices through hidapi on the kernel's hidraw nodes.
///
/// A device without its hidraw node (a missing kernel driver) is not listed.
package struct HIDAPITransport: HIDTransport {
    /// hidapi's start, its list and its global error text are not safe on two threads at once.
    private static let library = Mutex<Bool>(false)

    package init() {}

    package func list(vendorID: UInt16) throws(TransportError) -> [HIDDevice] {
        let found: [HIDDevice]? = Self.library.withLock { isStarted in
            if !isStarted { isStarted = hid_init() == 0 }
            guard isStarted else { return nil }
            let first = hid_enumerate(vendorID, 0)
            defer { hid_free_enumeration(first) }
            return Self.devices(from: first)
        }
        guard let found else { throw TransportError(.inputOutput, "hid_init") }
        return found
    }

    package func open(_ device: HIDDevice) throws(TransportError) -> any HIDConnection {
        // hidapi 0.13.1 uses freed memory when the node is no hidraw device, so that is asked first.
        guard let node = HIDAPINode(path: device.path), node.isPresent else {
            throw TransportError(.absent, "no hidraw node")
        }
        var failure: Int32 = 0
        let handle = Self.library.withLock { _ in
            errno = 0
            let handle = hid_open_path(device.path)
            failure = errno
            return handle.map { HIDAPIConnection.Handle(pointer: $0) }
        }
        guard let handle else { throw HIDAPINode.error(failure, "hid_open_path", isPresent: node.isPresent) }
        return HIDAPIConnection(handle: handle, node: node)
    }

    /// One entry a node: hidapi names a node once for each of its top-level collections.
    private static func devices(from first: UnsafeMutablePointer<hid_device_info>?) -> [HIDDevice] {
        var devices: [HIDDevice] = []
        var entry = first
        while let info = entry?.pointee {
            entry = info.next
            guard let path = info.path else { continue }
            let serial = text(info.serial_number)
            let device = HIDDevice(
                path: String(cString: path), vendorID: info.vendor_id, productID: info.product_id,
                product: text(info.product_string), serial: serial.isEmpty ? nil : serial)
            if !devices.contains(where: { $0.path == device.path }) { devices.append(device) }
        }
        return devices.sorted { $0.path < $1.path }
    }

    /// A wide C string, with what is no Unicode scalar left out and its length bounded.
    private static func text(_ wide: UnsafeMutablePointer<wchar_t>?) -> String {
        guard let wide else { return "" }
        return wide.withMemoryRebound(to: UInt32.self, capacity: 1) { start in
            var text = String.UnicodeScalarView()
            for index in 0..<256 {
                guard start[index] != 0 else { break }
                if let scalar = Unicode.Scalar(start[index]) { text.append(scalar) }
            }
            return String(text)
        }
    }
}
