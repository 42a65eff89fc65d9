import DeviceTransport

/// The messages of USB/IP 1.1.1, as the Linux kernel's `usbip_protocol` page lays them out: numbers are big
/// endian, except in the setup packet, which is as on the wire.
enum USBIPMessage {
    static let version: UInt16 = 0x0111

    /// What a client may ask before it has a device.
    enum Request: Hashable {
        case listDevices
        case importDevice(busID: String)
    }

    enum RequestCode {
        static let listDevices: UInt16 = 0x8005
        static let importDevice: UInt16 = 0x8003
    }

    /// The status of a reply to an import.
    enum ImportStatus {
        static let done: UInt32 = 0
        static let busy: UInt32 = 2
        static let noDevice: UInt32 = 4
    }

    static let requestLength = 8
    static let busIDLength = 32
    static let commandLength = 48

    /// - Returns: the code of the request.
    static func requestCode(_ header: [UInt8]) throws(USBIPFailure) -> UInt16 {
        var reader = BigEndianReader(header)
        let version = reader.short()
        guard version == Self.version else { throw .version(version) }
        let code = reader.short()
        guard [RequestCode.listDevices, RequestCode.importDevice].contains(code) else { throw .request(code) }
        return code
    }

    /// A bus id ends at its first zero.
    static func busID(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    static func deviceList(_ devices: [USBIPExport]) -> [UInt8] {
        head(code: 0x0005, status: 0) + bytes(UInt32(devices.count))
            + devices.flatMap { device in
                device.description
                    + device.descriptors.interfaces.flatMap { [$0.classCode, $0.subclass, $0.protocolCode, 0] }
            }
    }

    static func importReply(_ device: USBIPExport) -> [UInt8] {
        head(code: 0x0003, status: ImportStatus.done) + device.description
    }

    static func importRefusal(_ status: UInt32) -> [UInt8] {
        head(code: 0x0003, status: status)
    }

    private static func head(code: UInt16, status: UInt32) -> [UInt8] {
        bytes(version) + bytes(code) + bytes(status)
    }

    static func bytes(_ number: UInt16) -> [UInt8] {
        [UInt8(number >> 8), UInt8(truncatingIfNeeded: number)]
    }

    static func bytes(_ number: UInt32) -> [UInt8] {
        bytes(UInt16(number >> 16)) + bytes(UInt16(truncatingIfNeeded: number))
    }
}

/// Reads numbers from the front; zeros once the bytes have run out.
struct BigEndianReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    mutating func byte() -> UInt8 {
        rest.popFirst() ?? 0
    }

    mutating func short() -> UInt16 {
        let high = byte()
        return UInt16(high) << 8 | UInt16(byte())
    }

    mutating func long() -> UInt32 {
        let high = short()
        return UInt32(high) << 16 | UInt32(short())
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in byte() }
    }
}
