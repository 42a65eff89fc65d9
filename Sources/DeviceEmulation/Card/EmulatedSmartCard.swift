/// A chip card at the wire: command APDU in, response APDU out.
package protocol EmulatedSmartCard: Sendable {
    /// The answer to reset; empty for a card that does not answer it.
    var atr: [UInt8] { get }

    /// Forgets what was selected and verified, as at power-up.
    mutating func reset()

    /// Answers one command with data and two status bytes, or with nothing at all: the card stays
    /// silent, and the reader waits for it in vain.
    mutating func answer(_ command: [UInt8]) -> [UInt8]
}
