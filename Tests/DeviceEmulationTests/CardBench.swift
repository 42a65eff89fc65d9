import DeviceTransport
import Synchronization
import Testing

@testable import DeviceEmulation

/// A card under a test's hands.
struct CardBench {
    static let photo: [UInt8] = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9]

    var card: any EmulatedSmartCard

    init(_ card: any EmulatedSmartCard) { self.card = card }

    init(
        _ profile: CardProfile, _ change: (inout EIDCardBehaviour) -> Void = { _ in },
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) throws {
        var behaviour = profile.behaviour
        change(&behaviour)
        card = EmulatedEIDCard(try #require(try Self.image(profile)), behaviour: behaviour, now: now)
    }

    private static let images = Mutex<[CardProfile: EIDCardImage]>([:])

    /// Made once: RSA is slow in a debug build.
    static func image(_ profile: CardProfile) throws -> EIDCardImage? {
        try images.withLock { images in
            if let made = images[profile] { return made }
            let made = try profile.image(photo: photo)
            images[profile] = made
            return made
        }
    }

    static func bytes(_ text: String) -> [UInt8] {
        text.split(separator: " ").compactMap { UInt8($0, radix: 16) }
    }

    /// Two status bytes or more, as hexadecimal text.
    mutating func status(_ command: String, _ data: [UInt8] = []) -> String {
        card.answer(Self.bytes(command) + data).suffix(2).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            .joined(separator: " ").uppercased()
    }

    mutating func answer(_ command: String, _ data: [UInt8] = []) -> [UInt8] { card.answer(Self.bytes(command) + data) }

    /// Sends a command and fetches what it left, without the status.
    mutating func fetched(_ command: String, _ data: [UInt8]) throws -> [UInt8] {
        let first = answer(command, data)
        try #require(first.count == 2 && first[0] == 0x61)
        var whole: [UInt8] = []
        var length = first[1]
        while true {
            let next = card.answer([0x00, 0xC0, 0x00, 0x00, length])
            whole += next.dropLast(2)
            if next[next.count - 2] != 0x61 {
                try #require(next.suffix(2) == [0x90, 0x00])
                return whole
            }
            length = next[next.count - 1]
        }
    }

    static let pin = "00 20 00 01 08 24 12 34 FF FF FF FF FF"
    static let wrongPIN = "00 20 00 01 08 24 99 99 FF FF FF FF FF"
    static let keyDirectory = "00 A4 08 0C 02 DF 00"
    static let authenticationKey = "00 22 41 B6 05 04 80 02 84 82"
    static let signatureKey = "00 22 41 B6 05 04 80 02 84 83"
}

/// A clock that a test moves.
final class CardTestClock: Sendable {
    private let time = Mutex(ContinuousClock.now)
    var now: ContinuousClock.Instant { time.withLock { $0 } }
    func pass(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}
