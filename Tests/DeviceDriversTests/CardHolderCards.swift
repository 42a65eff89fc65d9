import DeviceEmulation
import Synchronization
import Testing

/// The cards of the holder's tests: each is made and signed once.
enum CardHolderCards {
    private struct Name: Hashable {
        let profile: CardProfile
        let serial: Int
    }

    private static let made = Mutex<[Name: EIDCardImage]>([:])

    /// Of no use but to fill its file.
    static let photo: [UInt8] = [0xFF, 0xD8, 0x11, 0x22, 0xFF, 0xD9]

    static func image(_ profile: CardProfile, serial: Int = 1) throws -> EIDCardImage {
        try made.withLock { made in
            let name = Name(profile: profile, serial: serial)
            if let image = made[name] { return image }
            let image = try #require(try profile.image(photo: photo, serial: serial))
            made[name] = image
            return image
        }
    }
}
