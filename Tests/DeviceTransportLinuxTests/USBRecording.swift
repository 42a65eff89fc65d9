import Foundation

/// A usbmon recording in a pcapng file, to derive other sessions from.
///
/// Layout of the packet header: Linux `Documentation/usb/usbmon.rst`; of the file: pcapng, enhanced packet
/// blocks.
struct USBRecording {
    enum Kind: UInt8 {
        case interrupt = 1
        case control = 2
        case bulk = 3
    }

    struct Packet {
        var header: [UInt8]
        var data: [UInt8]

        var isCompletion: Bool { header[8] == UInt8(ascii: "C") }
        var kind: Kind? { Kind(rawValue: header[9]) }
        /// Of a control request: type, request, value, index, length.
        var setup: [UInt8] {
            get { Array(header[40..<48]) }
            set { header.replaceSubrange(40..<48, with: newValue) }
        }
        var value: UInt16 { UInt16(setup[2]) | UInt16(setup[3]) << 8 }
        var status: Int32 {
            get { Int32(truncatingIfNeeded: number(28)) }
            set { set(UInt32(bitPattern: newValue), at: 28) }
        }

        /// The length that was asked for or came.
        var length: Int {
            get { Int(number(32)) }
            set { set(UInt32(newValue), at: 32) }
        }

        mutating func setData(_ bytes: [UInt8]) {
            data = bytes
            set(UInt32(bytes.count), at: 36)
        }

        /// Which request a completion belongs to.
        mutating func setIdentity(_ identity: UInt8) {
            header.replaceSubrange(0..<8, with: [identity, 0, 0, 0, 0, 0, 0, 0x77])
        }

        private func number(_ offset: Int) -> UInt32 {
            (0..<4).reduce(0) { $0 | UInt32(header[offset + $1]) << UInt32(8 * $1) }
        }

        private mutating func set(_ value: UInt32, at offset: Int) {
            for index in 0..<4 { header[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
        }
    }

    /// Section and interface description, as they were.
    private var head: [UInt8] = []
    var packets: [Packet] = []

    init(_ file: [UInt8]) {
        var offset = 0
        while offset + 12 <= file.count {
            let type = Self.number(file, offset)
            let length = Self.number(file, offset + 4)
            guard length >= 12, offset + length <= file.count else { return }
            if type == 6 {
                let captured = Self.number(file, offset + 20)
                let start = offset + 28
                packets.append(
                    Packet(
                        header: Array(file[start..<start + 64]), data: Array(file[start + 64..<start + captured])))
            } else if packets.isEmpty {
                head += file[offset..<offset + length]
            }
            offset += length
        }
    }

    var file: [UInt8] {
        packets.reduce(into: head) { file, packet in
            let content = packet.header + packet.data
            let padding = [UInt8](repeating: 0, count: (4 - content.count % 4) % 4)
            let length = Self.bytes(32 + content.count + padding.count)
            let sizes = Self.bytes(content.count) + Self.bytes(content.count)
            file += Self.bytes(6) + length + [UInt8](repeating: 0, count: 12) + sizes + content + padding + length
        }
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
        (0..<4).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

extension USBRecording {
    /// The first request of a kind that was sent, or the first completion that came.
    func index(of kind: Kind, isCompletion: Bool, value: UInt16? = nil) -> Int? {
        packets.firstIndex { packet in
            packet.kind == kind && packet.isCompletion == isCompletion && value.map { packet.value == $0 } ?? true
        }
    }

    /// Another register access, made after the pattern of those that are there.
    func register(_ address: UInt16, read bytes: [UInt8], identity: UInt8) -> [Packet] {
        access(address, bytes, isRead: true, identity)
    }

    func register(_ address: UInt16, write bytes: [UInt8], identity: UInt8) -> [Packet] {
        access(address, bytes, isRead: false, identity)
    }

    private func access(_ address: UInt16, _ bytes: [UInt8], isRead: Bool, _ identity: UInt8) -> [Packet] {
        let pattern = packets.indices.filter { packets[$0].kind == .control && packets[$0].setup[1] == 4 }
        guard let request = pattern.first(where: { !packets[$0].isCompletion }),
            let completion = pattern.first(where: { packets[$0].isCompletion })
                ?? packets.indices.first(where: { packets[$0].kind == .control && packets[$0].isCompletion })
        else { return [] }
        var pair = [packets[request], packets[completion]]
        for index in pair.indices {
            pair[index].setIdentity(identity)
            pair[index].header[10] = isRead ? 0x80 : 0
            pair[index].length = bytes.count
            pair[index].setData([])
            // "Data follows", or in which direction it would go.
            let hasData = isRead == (index == 1)
            pair[index].header[15] = hasData ? 0 : UInt8(ascii: isRead ? "<" : ">")
        }
        pair[0].setup = [
            isRead ? 0xC0 : 0x40, 4, UInt8(address & 0xFF), UInt8(address >> 8), 0, 0, UInt8(bytes.count), 0,
        ]
        pair[isRead ? 1 : 0].setData(bytes)
        return pair
    }
}
