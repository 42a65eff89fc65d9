import CLibUSB
import DeviceTransport

/// The memory of a libusb transfer: the transfer itself and the buffer that it points to.
enum LibUSBMemory {
    /// libusb wants the setup packet at the start of a control transfer's buffer.
    private static let setupLength = MemoryLayout<libusb_control_setup>.size

    /// A transfer with its buffer, type and endpoint; the caller adds the rest and frees it.
    static func allocate(_ transfer: USBTransfer) throws(TransportError) -> UnsafeMutablePointer<libusb_transfer> {
        let content: [UInt8]
        let endpoint: UInt8
        let type: libusb_transfer_type
        switch transfer {
        case .controlIn(let setup, let length):
            content = try bytes(of: setup, length: length) + [UInt8](repeating: 0, count: length)
            (endpoint, type) = (0, LIBUSB_TRANSFER_TYPE_CONTROL)
        case .controlOut(let setup, let data):
            content = try bytes(of: setup, length: data.count) + data
            (endpoint, type) = (0, LIBUSB_TRANSFER_TYPE_CONTROL)
        case .read(let pipe, let length):
            guard length >= 0, length <= Int(Int32.max) else { throw TransportError(.overflow, "length") }
            content = [UInt8](repeating: 0, count: length)
            (endpoint, type) = (pipe.endpoint, kind(of: pipe))
        case .write(let pipe, let data):
            guard data.count <= Int(Int32.max) else { throw TransportError(.overflow, "length") }
            content = data
            (endpoint, type) = (pipe.endpoint, kind(of: pipe))
        }
        guard let allocated = libusb_alloc_transfer(0) else { throw TransportError(.inputOutput, "out of memory") }
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, content.count))
        buffer.initialize(repeating: 0)
        _ = buffer.update(fromContentsOf: content)
        allocated.pointee.buffer = buffer.baseAddress
        allocated.pointee.length = Int32(content.count)
        allocated.pointee.endpoint = endpoint
        allocated.pointee.type = UInt8(type.rawValue)
        return allocated
    }

    static func free(_ transfer: UnsafeMutablePointer<libusb_transfer>) {
        transfer.pointee.buffer?.deallocate()
        libusb_free_transfer(transfer)
    }

    /// What came in; empty for a transfer towards the device.
    static func received(by ended: UnsafeMutablePointer<libusb_transfer>) -> [UInt8] {
        guard let buffer = ended.pointee.buffer else { return [] }
        let isControl = ended.pointee.type == UInt8(LIBUSB_TRANSFER_TYPE_CONTROL.rawValue)
        let direction = isControl ? buffer[0] : ended.pointee.endpoint
        guard direction & 0x80 != 0 else { return [] }
        let offset = isControl ? setupLength : 0
        let count = min(max(0, Int(ended.pointee.actual_length)), max(0, Int(ended.pointee.length) - offset))
        return [UInt8](UnsafeBufferPointer(start: buffer + offset, count: count))
    }

    private static func kind(of pipe: USBPipe) -> libusb_transfer_type {
        pipe.kind == .bulk ? LIBUSB_TRANSFER_TYPE_BULK : LIBUSB_TRANSFER_TYPE_INTERRUPT
    }

    /// The eight bytes of USB 2.0, 9.3, numbers little-endian.
    private static func bytes(of setup: USBSetup, length: Int) throws(TransportError) -> [UInt8] {
        guard let length = UInt16(exactly: length) else { throw TransportError(.overflow, "control length") }
        let numbers = [setup.value, setup.index, length].flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        return [setup.requestType, setup.request] + numbers
    }
}
