import DeviceTransport

/// What a USB device says of itself, byte for byte (USB 2.0, 9.6).
///
/// The server answers the standard requests from it, so that an emulated device only has to know its own
/// requests. Reading it never fails: whatever does not fit its own length ends the list.
package struct USBDescriptors: Hashable, Sendable {
    /// The device descriptor, 18 bytes.
    package let device: [UInt8]
    /// The only configuration with all that belongs to it: interfaces, class descriptors, endpoints.
    package let configuration: [UInt8]
    /// The texts that the other descriptors name by number, from 1, in American English.
    package let strings: [UInt8: String]
    /// The report descriptor of each interface that is a HID.
    package let reports: [UInt8: [UInt8]]

    package init(
        device: [UInt8], configuration: [UInt8], strings: [UInt8: String], reports: [UInt8: [UInt8]] = [:]
    ) {
        self.device = device
        self.configuration = configuration
        self.strings = strings
        self.reports = reports
    }

    /// One interface with its first setting.
    struct Interface: Hashable, Sendable {
        let number: UInt8
        let classCode: UInt8
        let subclass: UInt8
        let protocolCode: UInt8
    }

    enum DescriptorType {
        static let device: UInt8 = 1
        static let configuration: UInt8 = 2
        static let string: UInt8 = 3
        static let interface: UInt8 = 4
        static let endpoint: UInt8 = 5
        static let hid: UInt8 = 0x21
        static let hidReport: UInt8 = 0x22
    }

    var vendor: UInt16 { number(at: 8) }
    var product: UInt16 { number(at: 10) }
    var release: UInt16 { number(at: 12) }
    var deviceClass: [UInt8] { [byte(4), byte(5), byte(6)] }
    var configurationCount: UInt8 { byte(17) }
    var configurationValue: UInt8 { configuration.count > 5 ? configuration[5] : 0 }
    var isSelfPowered: Bool { configuration.count > 7 && configuration[7] & 0x40 != 0 }
    var wakesHost: Bool { configuration.count > 7 && configuration[7] & 0x20 != 0 }

    var interfaces: [Interface] {
        parts.compactMap { part in
            guard part.count >= 9, part[1] == DescriptorType.interface, part[3] == 0 else { return nil }
            return Interface(number: part[2], classCode: part[5], subclass: part[6], protocolCode: part[7])
        }
    }

    /// The pipe of an endpoint address; nil for one that is not there, or isochronous.
    func pipe(_ endpoint: UInt8) -> USBPipe? {
        for part in parts where part.count >= 7 && part[1] == DescriptorType.endpoint && part[2] == endpoint {
            switch part[3] & 0x03 {
            case 2: return USBPipe(.bulk, endpoint: endpoint)
            case 3: return USBPipe(.interrupt, endpoint: endpoint)
            default: return nil
            }
        }
        return nil
    }

    /// The class descriptor of a HID interface.
    func hidDescriptor(of interface: UInt8) -> [UInt8]? {
        var current: UInt8?
        for part in parts {
            if part.count >= 9, part[1] == DescriptorType.interface { current = part[2] }
            if part[1] == DescriptorType.hid, current == interface { return part }
        }
        return nil
    }

    /// String 0 lists the languages; the others are UTF-16, as many of their letters as the length byte can tell.
    func string(_ index: UInt8) -> [UInt8]? {
        if index == 0 { return strings.isEmpty ? nil : [4, DescriptorType.string, 0x09, 0x04] }
        guard let text = strings[index] else { return nil }
        let letters = text.utf16.prefix(126).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        return [UInt8(letters.count + 2), DescriptorType.string] + letters
    }

    /// The configuration's descriptors one by one, each of at least two bytes.
    private var parts: [[UInt8]] {
        var parts: [[UInt8]] = []
        var offset = 0
        while offset + 2 <= configuration.count {
            let length = Int(configuration[offset])
            guard length >= 2, offset + length <= configuration.count else { break }
            parts.append(Array(configuration[offset..<offset + length]))
            offset += length
        }
        return parts
    }

    private func byte(_ index: Int) -> UInt8 { index < device.count ? device[index] : 0 }

    private func number(at index: Int) -> UInt16 { UInt16(byte(index)) | UInt16(byte(index + 1)) << 8 }
}
