import Crypto

/// What a forger can do to a card's files and chip.
package enum CardTampering: Sendable {
    case photoOf(EIDCardImage)
    /// With the signature that belongs to it.
    case addressOf(EIDCardImage)
    /// All files are copied, also the public half of the key that the chip lacks.
    case copiedChip
    case noBasicKey
    case without(EIDFile)
    /// One bit of a file, counted from the first byte's highest.
    case flipped(EIDFile, bit: Int)
}

extension EIDCardImage {
    package func with(_ tampering: CardTampering) -> EIDCardImage {
        var image = self
        switch tampering {
        case .photoOf(let other): image.files[.photo] = other.files[.photo]
        case .addressOf(let other):
            image.files[.address] = other.files[.address]
            image.files[.addressSignature] = other.files[.addressSignature]
        case .copiedChip: image.basicKey = P384.Signing.PrivateKey()
        case .noBasicKey:
            image.basicKey = nil
            image.files[.basicKey] = nil
        case .without(let file): image.files[file] = nil
        case .flipped(let file, let bit):
            guard var content = image.files[file], bit >= 0, bit / 8 < content.count else { return self }
            content[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            image.files[file] = content
        }
        return image
    }
}
