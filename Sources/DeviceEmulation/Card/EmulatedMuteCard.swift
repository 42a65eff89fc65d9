/// A card that does not answer its reset, nor anything else: put in the wrong way round, or broken.
package struct EmulatedMuteCard: EmulatedSmartCard {
    /// A reader takes a card without it for mute.
    package let atr: [UInt8] = []

    package init() {}

    package mutating func reset() {}

    package mutating func answer(_ command: [UInt8]) -> [UInt8] { [] }
}
