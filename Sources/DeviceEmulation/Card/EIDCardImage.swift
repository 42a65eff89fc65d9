package import Crypto

/// All that makes one eID card: its files and what its applet says of itself.
package struct EIDCardImage: Sendable {
    package var atr: [UInt8]
    /// 28 bytes, as GET CARD DATA gives them; the first 16 are the chip number.
    package var cardData: [UInt8]
    package var files: [EIDFile: [UInt8]]
    /// Answers challenges on applet 1.8.
    package var basicKey: P384.Signing.PrivateKey?
    /// The holder's keys, which sign for the PIN.
    package var holderKeys: [CardKeyNumber: TestCardKey]

    package init(
        atr: [UInt8], cardData: [UInt8], files: [EIDFile: [UInt8]], basicKey: P384.Signing.PrivateKey? = nil,
        holderKeys: [CardKeyNumber: TestCardKey] = [:]
    ) {
        self.atr = atr
        self.cardData = cardData
        self.files = files
        self.basicKey = basicKey
        self.holderKeys = holderKeys
    }

    /// 0x01 for applet 1.0, then 0x11, 0x17, 0x18.
    package var appletVersion: UInt8 { cardData.count > 21 ? cardData[21] : 0 }
}

/// How MSE SET calls a key of the holder.
package enum CardKeyNumber: UInt8, Hashable, Sendable, CaseIterable {
    case authentication = 0x82
    case signature = 0x83
}
