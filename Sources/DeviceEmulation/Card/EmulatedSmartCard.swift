/// A chip card at the wire: command APDU in, response APDU out.
package protocol EmulatedSmartCard: Sendable {
    /// The answer to reset.
    var atr: [UInt8] { get }

    /// Forgets what was selected and verified, as at power-up.
    mutating func reset()

    /// Answers one command with data and two status bytes, never with fewer than these two.
    mutating func answer(_ command: [UInt8]) -> [UInt8]
}
