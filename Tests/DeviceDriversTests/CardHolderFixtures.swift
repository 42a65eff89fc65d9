import EnrolmentCore

@testable import DeviceDrivers

/// A chip, its digests and its PINs, and a way to walk a `HolderSession` by hand.
enum CardHolderFixtures {
    static let chip: [UInt8] = Array("TEST CHIP 000001".utf8)
    static let otherChip: [UInt8] = Array("TEST CHIP 000002".utf8)
    static let digest256: [UInt8] = (0..<32).map { UInt8($0) }
    static let digest384: [UInt8] = (0..<48).map { UInt8($0 + 0x40) }
    static let atr11or17: [UInt8] = [0x3B, 0x98, 0x13, 0x40, 0x0A, 0xA5, 0x03, 0x01, 0x01, 0x01, 0xAD, 0x13, 0x11]

    static let success: [UInt8] = [0x90, 0x00]

    static func cardData(_ applet: UInt8, _ chip: [UInt8] = chip, lifeCycle: UInt8 = 0x0F) -> [UInt8] {
        chip + [0xF3, 0x36, 0x01, 0x25, 0x01, applet, 0x00, 0x03, 0x00, 0x21, 0x01, lifeCycle]
    }

    static func secret(_ text: String) throws -> SecretBytes {
        let secret = try SecretBytes()
        for byte in text.utf8 { secret.append(byte) }
        return secret
    }

    static func bytes(_ secret: SecretBytes) -> [UInt8] { secret.withBytes { [UInt8]($0) } }

    /// What one walk of a machine did: the effects, the secret ones as the bytes that they bear.
    struct Walk {
        var session: HolderSession
        var sent: [[UInt8]] = []
        var secretsSent = 0
        var controls: [UInt32] = []
        var ending: HolderSession.Ending?

        init(_ session: HolderSession) {
            self.session = session
            take(self.session.handle(.started(atr: atr11or17)))
        }

        mutating func answer(_ bytes: [UInt8]) { take(session.handle(.answer(bytes))) }
        mutating func answer(_ status: UInt16) { answer([UInt8(status >> 8), UInt8(status & 0xFF)]) }
        mutating func interrupt() { take(session.handle(.interrupted)) }
        mutating func refuse() { take(session.handle(.refusedByReader)) }

        mutating func take(_ effects: [HolderSession.Effect]) {
            for effect in effects {
                switch effect {
                case .transmit(let command), .transmitLater(let command, _): sent.append(command)
                case .transmitSecret(let command):
                    secretsSent += 1
                    sent.append(bytes(command))
                case .control(let code, let input), .controlPerson(let code, let input):
                    controls.append(code)
                    sent.append(input)
                case .finish(let ending): self.ending = ending
                }
            }
        }
    }

    struct NoPIN: Error {}

    static func sign(
        _ digest: CardDigest, _ key: CardHolderKey = .authentication, pin: String = "1234"
    ) throws -> HolderSession {
        guard let command = try CardPINCommand.verify(secret(pin)) else { throw NoPIN() }
        return HolderSession(.sign(digest, key), of: chip, pin: .typed(command))
    }

    static func change(from old: String, to new: String) throws -> HolderSession {
        guard let command = try CardPINCommand.change(from: secret(old), to: secret(new)) else {
            throw NoPIN()
        }
        return HolderSession(.changePIN, of: chip, pin: .typed(command))
    }
}
