package import DeviceTransport

/// Which member of the U.are.U family is emulated, and how it behaves.
package struct UareUModel: Hashable, Sendable {
    package var listing: USBDeviceListing
    /// Whether it sends its pictures turned by half a turn.
    package var isTurned: Bool
    /// Whether it stays in low power until its question is answered.
    package var asksChallenge = false
    /// The status register when a session opens; 85 is a session that ended in the middle.
    package var initialStatus: UInt8 = 0x01
    /// How many writes of the status register it takes until the power is up.
    package var powerWrites = 1
    /// How many times the power comes up without a message.
    package var missingPowerMessages = 0
    /// Whether pictures are scrambled. Some firmware marks them so and sends them plain.
    package var isScrambling = true
    /// The picture's blocks: flags and lines, as in a packet's header. Those of a recorded 4500.
    package var blocks: [UareUBlock] = [
        UareUBlock(2, lines: 72), UareUBlock(0, lines: 1), UareUBlock(2, lines: 49), UareUBlock(1, lines: 1),
        UareUBlock(0, lines: 1), UareUBlock(2, lines: 49), UareUBlock(0, lines: 1), UareUBlock(2, lines: 116),
    ]
    /// The number of the picture's first key.
    package var keyNumber: UInt8 = 0
    /// What the keys of the session follow from.
    package var keySeed: UInt64 = 1
    /// Whether a warning comes before the first picture that it will fail.
    package var warnsOfFailure = false

    private init(listing: USBDeviceListing, isTurned: Bool) {
        self.listing = listing
        self.isTurned = isTurned
    }

    package static let uareU4500 = UareUModel(
        listing: USBDeviceListing(
            vendor: 0x05BA, product: 0x000A, release: 0x0103, bus: 1, address: 50,
            serial: "{00000000-0000-4500-0000-EMULATED0001}", productName: "U.are.U® 4500 Fingerprint Reader"),
        isTurned: true)

    package static let microsoftReaderV2: UareUModel = {
        var model = UareUModel(
            listing: USBDeviceListing(
                vendor: 0x045E, product: 0x00CA, release: 0x0100, bus: 1, address: 51, serial: nil,
                productName: "Microsoft Fingerprint Reader"),
            isTurned: false)
        model.asksChallenge = true
        model.initialStatus = 0x03
        model.powerWrites = 2
        return model
    }()
}

/// A run of lines in an emulated picture.
package struct UareUBlock: Hashable, Sendable {
    /// 80 new key first, 04 do not step the key, 02 scrambled, 01 not sent.
    package let flags: UInt8
    package let lines: Int

    package init(_ flags: UInt8, lines: Int) {
        self.flags = flags
        self.lines = lines
    }
}
