/// A payment card: answers, and knows nothing of an identity application.
package struct EmulatedBankCard: EmulatedSmartCard {
    package let atr: [UInt8] = [0x3B, 0x67, 0x00, 0x00, 0x29, 0x20, 0x00, 0x6F, 0x78, 0x90, 0x00]

    package init() {}

    package mutating func reset() {}

    package mutating func answer(_ command: [UInt8]) -> [UInt8] {
        guard command.count >= 4 else { return [0x67, 0x00] }
        return switch (command[0], command[1]) {
        case (0x00, 0xA4): [0x6A, 0x82]
        case (0x00, _): [0x6D, 0x00]
        default: [0x6E, 0x00]
        }
    }
}
