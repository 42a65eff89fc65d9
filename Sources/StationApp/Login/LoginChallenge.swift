package import EnrolmentCore

/// What an officer's card signs to log in: random bytes, bound to this kit and this moment, so that a
/// signature is of no use on another kit or on another day.
package struct LoginChallenge: Hashable, Sendable {
    package static let randomCount = 32
    private static let purpose = Array("draagbaar-loket officer login 1".utf8)

    /// The purpose, the kit's name behind its length, the milliseconds since 1970, the random bytes.
    package let message: [UInt8]

    package init(kit: KitID, at time: Timestamp, using generator: inout some RandomNumberGenerator) {
        let name = Array(kit.text.utf8)
        var message = Self.purpose
        message += withUnsafeBytes(of: UInt32(truncatingIfNeeded: name.count).bigEndian) { Array($0) } + name
        message += withUnsafeBytes(of: time.milliseconds.bigEndian) { Array($0) }
        message += (0..<Self.randomCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        self.message = message
    }
}
