/// What the driver of MorphoSmart modules must know about a model. How large and how fine its pictures are,
/// each picture says itself.
package struct MorphoParameters: Hashable, Sendable {
    /// The interface that carries the frames, by number: its class is that of a modem's data, or the vendor's.
    package let interface: UInt8
    /// The bulk endpoints' addresses.
    package let readEndpoint: UInt8
    package let writeEndpoint: UInt8
    /// Whether the device delivers its picture turned by half a turn.
    package let isTurned: Bool
    /// Whether its ridges are light on dark.
    package let isInverted: Bool
    /// What was measured on this very device, if it was.
    package private(set) var calibration: ScannerScale?

    package init(_ profile: DeviceProfile) throws(ProfileError) {
        interface = UInt8(try profile.integer("interface", in: 0...31))
        readEndpoint = UInt8(try profile.integer("readEndpoint", in: 0x81...0x8F))
        writeEndpoint = UInt8(try profile.integer("writeEndpoint", in: 0x01...0x0F))
        isTurned = try profile.flag("turned")
        isInverted = try profile.flag("inverted")
    }

    /// With the scale that a calibration measured; nil leaves each picture its own.
    package func scaled(by calibration: ScannerScale?) -> MorphoParameters {
        var scaled = self
        scaled.calibration = calibration
        return scaled
    }
}
