/// A Java card that holds no identity application: it knows how to be asked, and says that it has none.
package struct EmulatedJavaCard: EmulatedSmartCard {
    package let atr: [UInt8] = [
        0x3B, 0xF8, 0x13, 0x00, 0x00, 0x81, 0x31, 0xFE, 0x45, 0x4A, 0x43, 0x4F, 0x50, 0x76, 0x32, 0x34, 0x31, 0xB7,
    ]

    package init() {}

    package mutating func reset() {}

    package mutating func answer(_ command: [UInt8]) -> [UInt8] {
        guard command.count >= 4 else { return [0x67, 0x00] }
        return switch (command[0], command[1], command[2]) {
        case (0x00, 0xA4, 0x04): [0x6A, 0x82]
        case (0x00, 0xA4, _): [0x6A, 0x86]
        case (0x00, _, _), (0x80, _, _): [0x6D, 0x00]
        default: [0x6E, 0x00]
        }
    }
}
