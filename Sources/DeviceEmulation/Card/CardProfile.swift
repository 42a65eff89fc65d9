/// Every kind of card that the emulator can be, by the name that the command line knows it by.
package enum CardProfile: String, Hashable, Sendable, CaseIterable {
    case v10 = "v1.0"
    case v10EMV = "v1.0-emv"
    case v11 = "v1.1"
    case v17 = "v1.7"
    case v17Rekeyed = "v1.7-rekeyed"
    case v18 = "v1.8"
    /// A child under six: no certificates of its own.
    case kidsUnder6Applet17 = "kids-under-6-v1.7"
    case kidsUnder6 = "kids-under-6"
    /// A child of six to twelve: a certificate for authentication only.
    case kids6To12 = "kids-6-12"
    /// An EU+ card, with every field that foreigners' cards have of their own.
    case foreignerEUPlus = "foreigner-eu-plus"
    /// A card A, for a limited stay, of applet 1.7.
    case foreignerA = "foreigner-a"
    /// The photo by SHA-1, the files by SHA-256.
    case mixedPhoto = "mixed-photo-sha1"
    /// Made in the days of SHA-1, and the address signed anew since, with SHA-256.
    case mixedAddress = "mixed-address-sha256"
    /// Made, and not yet activated: its files can be read, its keys refuse.
    case notActivated = "not-activated"
    /// As `notActivated`, and files are refused with this status.
    case notActivated6985 = "not-activated-6985"
    case notActivated6283 = "not-activated-6283"
    case notActivated6D00 = "not-activated-6d00"
    /// Right, under an authority whose time is over.
    case expiredChain = "expired-chain"
    /// The photo of somebody else's card.
    case otherPhoto = "forged-photo"
    /// Address and address signature of somebody else's card.
    case otherAddress = "forged-address"
    /// Right files in a chip that lacks the key to prove itself.
    case clone
    case noBasicKey = "no-basic-key"
    /// It has answered all challenges that it may without a PIN.
    case challengesUsedUp = "challenges-used-up"
    /// The National Register's certificate is signed by another root than the card's.
    case strangeRegistry = "forged-registry"
    /// All of it under a root of its own that bears the name of Belgium's.
    case falseRoot = "forged-root"
    /// A payment card.
    case bank
    /// A Java card without the identity application.
    case javaCard = "javacard"
    /// A card that does not answer its reset.
    case mute

    /// What makes the profile up, nil for cards that are no eID cards.
    ///
    /// - Parameter persona: the profile's own unless given.
    package func synthetic(of persona: CardPersona? = nil, photo: [UInt8], serial: Int? = nil) -> SyntheticCard? {
        guard let applet else { return nil }
        var card = SyntheticCard(
            persona ?? self.persona, document: document, applet: applet, photo: photo, serial: serial ?? number)
        card.otherFields = otherFields
        card.digests =
            switch self {
            case .mixedPhoto: SyntheticCard.Digests(photo: .sha1, identity: .sha256, address: .sha256)
            case .mixedAddress: SyntheticCard.Digests(photo: .sha1, identity: .sha1, address: .sha256)
            default: nil
            }
        return card
    }

    /// The infrastructure behind the profile, nil for cards that are no eID cards.
    package func authority() throws -> TestCardAuthority? {
        guard let applet else { return nil }
        return try TestCardAuthority(applet.authority, shape: shape)
    }

    /// What is particular about that infrastructure.
    package var shape: TestCardAuthority.Shape {
        var shape = TestCardAuthority.Shape()
        switch self {
        case .expiredChain: shape.validity = .over
        case .strangeRegistry: shape.isRegistrySignedByAnotherRoot = true
        case .falseRoot: shape.falseRootName = "Belgium Root CA4"
        default: break
        }
        return shape
    }

    /// Files and keys, nil for cards that are no eID cards.
    ///
    /// - Parameters:
    ///   - persona: the profile's own unless given; so is the authority.
    ///   - photo: a JPEG file.
    ///   - serial: tells cards of one person apart; each profile has its own unless given.
    package func image(
        of persona: CardPersona? = nil, photo: [UInt8], serial: Int? = nil, signedBy authority: TestCardAuthority? = nil
    ) throws -> EIDCardImage? {
        guard let card = synthetic(of: persona, photo: photo, serial: serial),
            let authority = try authority ?? self.authority()
        else { return nil }
        let image = try card.image(signedBy: authority)
        return try tampered(image, card, authority)
    }

    /// The card itself.
    package func card(
        of persona: CardPersona? = nil, photo: [UInt8], serial: Int? = nil, signedBy authority: TestCardAuthority? = nil
    ) throws -> any EmulatedSmartCard {
        if let image = try image(of: persona, photo: photo, serial: serial, signedBy: authority) {
            return EmulatedEIDCard(image, behaviour: behaviour)
        }
        return switch self {
        case .javaCard: EmulatedJavaCard()
        case .mute: EmulatedMuteCard()
        default: EmulatedBankCard()
        }
    }
}

extension CardProfile {
    /// Its place in the catalogue, from 1.
    var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

    /// Nil for cards that are no eID cards.
    package var applet: CardApplet? {
        switch self {
        case .v10: .v10
        case .v10EMV: .v10EMV
        case .v11, .mixedAddress, .expiredChain: .v11
        case .v17, .kidsUnder6Applet17, .foreignerA, .mixedPhoto, .notActivated6283: .v17
        case .v17Rekeyed: .v17Rekeyed
        case .v18, .kidsUnder6, .kids6To12, .foreignerEUPlus, .notActivated, .notActivated6985, .notActivated6D00,
            .otherPhoto, .otherAddress, .clone, .noBasicKey, .challengesUsedUp, .strangeRegistry, .falseRoot:
            .v18
        case .bank, .javaCard, .mute: nil
        }
    }

    package var document: CardDocument {
        switch self {
        case .kidsUnder6Applet17, .kidsUnder6: .kids(hasAuthenticationCertificate: false)
        case .kids6To12: .kids(hasAuthenticationCertificate: true)
        case .foreignerEUPlus: .foreigner(type: 32)
        case .foreignerA: .foreigner(type: 33)
        default: .belgian
        }
    }

    package var behaviour: EIDCardBehaviour {
        var behaviour = EIDCardBehaviour()
        switch self {
        case .v10, .v10EMV: behaviour.restAfterExactLength = .milliseconds(40)
        case .notActivated: behaviour.activation = .keysOnly
        case .notActivated6985: behaviour.activation = .conditionsNotSatisfied
        case .notActivated6283: behaviour.activation = .deactivated
        case .notActivated6D00: behaviour.activation = .instructionUnknown
        case .challengesUsedUp: behaviour.challengesLeft = 0
        default: break
        }
        return behaviour
    }

    /// Whether a reader must find nothing wrong with the card's files, its chain's time apart.
    package var isGenuine: Bool {
        switch self {
        case .otherPhoto, .otherAddress, .clone, .noBasicKey, .strangeRegistry, .falseRoot: false
        default: applet != nil
        }
    }

    private var otherFields: [UInt8: [UInt8]] {
        let texts: [UInt8: String] =
            switch self {
            case .foreignerEUPlus:
                [
                    0x12: "01", 0x13: "5", 0x14: "", 0x15: "01.02.2014-IT", 0x16: "7", 0x17: "0123.456.749",
                    0x18: "", 0x19: "TEST-2024-000017", 0x1B: "B", 0x1C: "C", 0x1D: "", 0x1E: "", 0x1F: "15.03.2019",
                ]
            case .foreignerA: [0x12: "00", 0x16: "8", 0x1D: "D", 0x1E: "K"]
            default: [:]
            }
        return texts.mapValues { [UInt8]($0.utf8) }
    }

    private func tampered(
        _ image: EIDCardImage, _ card: SyntheticCard, _ authority: TestCardAuthority
    ) throws -> EIDCardImage {
        switch self {
        case .otherPhoto: return image.with(.photoOf(try card.ofSomebodyElse().image(signedBy: authority)))
        case .otherAddress: return image.with(.addressOf(try card.ofSomebodyElse().image(signedBy: authority)))
        case .clone: return image.with(.copiedChip)
        case .noBasicKey: return image.with(.noBasicKey)
        default: return image
        }
    }
}

extension SyntheticCard {
    /// The same kind of card, of another person with another photo and address.
    package func ofSomebodyElse() -> SyntheticCard {
        var other = self
        other.persona.surname = "Iemand-Anders"
        other.persona.givenNames = "Testpersoon"
        other.persona.streetAndNumber = "Elders 99"
        other.serial += 1
        // A comment of two letters behind the start of the image: another file, and still a picture.
        other.photo = photo.prefix(2) + [0xFF, 0xFE, 0x00, 0x04, 0x54, 0x58] + photo.dropFirst(2)
        return other
    }
}
