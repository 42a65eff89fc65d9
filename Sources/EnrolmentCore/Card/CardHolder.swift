/// A card whose holder proves by a PIN that it is theirs, and what the card then does for them.
///
/// Every call names the chip that it means: a card that was exchanged in between is `.otherCard`, and
/// its PIN is not spent.
package protocol CardHolderVerifying: Sendable {
    /// What the card and the reader can do, and how many tries are left where that can be asked for
    /// without using one up. Writes nothing to the card.
    func pinState(of chip: [UInt8]) async throws(DeviceError) -> CardPINOutcome<CardPINState>

    /// Has the card sign a digest with a key of the holder, after the PIN.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 (32 bytes) or SHA-384 (48 bytes) of what is signed.
    ///   - pin: wiped before this returns, however it ends.
    func sign(
        _ digest: CardDigest, with key: CardHolderKey, of chip: [UInt8], pin: CardPINEntry
    ) async throws(DeviceError) -> CardPINOutcome<CardSignature>

    /// Replaces the PIN; both are wiped before this returns.
    func changePIN(
        of chip: [UInt8], from old: CardPINEntry, to new: CardPINEntry
    ) async throws(DeviceError) -> CardPINOutcome<Void>

    /// Forgets a PIN that was verified, as far as the card can.
    func logOff(_ chip: [UInt8]) async
}

/// Where a PIN comes from. Two that were typed are equal when they are the same memory.
package enum CardPINEntry: Hashable, Sendable {
    /// Typed on the laptop: ASCII digits, four to twelve.
    case typed(SecretBytes)
    /// Typed on the reader's own keys: it never enters the laptop.
    case pinpad
}

/// The keys of a card's holder.
package enum CardHolderKey: String, CaseIterable, Sendable, Codable {
    /// To log in with; one PIN serves for as long as the card is powered.
    case authentication
    /// To sign with; every signature wants the PIN anew.
    case signature
}

/// A digest to be signed.
package enum CardDigest: Hashable, Sendable {
    case sha256([UInt8])
    case sha384([UInt8])
}

/// What a card signed.
package struct CardSignature: Hashable, Sendable, Codable {
    /// PKCS#1 v1.5 for RSA; r and s, each of the curve's length, for elliptic curves.
    package let bytes: [UInt8]
    package let isEllipticCurve: Bool

    package init(bytes: [UInt8], isEllipticCurve: Bool) {
        self.bytes = bytes
        self.isEllipticCurve = isEllipticCurve
    }
}

/// What is known of a card's PIN before it is asked for.
package struct CardPINState: Hashable, Sendable, Codable {
    /// Nil where asking would cost a try, as before applet 1.7.
    package let triesLeft: Int?
    package let appletVersion: UInt8
    /// Whether the reader has keys of its own that the PIN can be typed on.
    package let hasPinpad: Bool

    package init(triesLeft: Int?, appletVersion: UInt8, hasPinpad: Bool) {
        self.triesLeft = triesLeft
        self.appletVersion = appletVersion
        self.hasPinpad = hasPinpad
    }

    package var isBlocked: Bool { triesLeft == 0 }
    package var unblocking: CardUnblocking { CardUnblocking(appletVersion: appletVersion) }
}

/// How a blocked PIN can be freed; it depends on the applet.
package enum CardUnblocking: String, CaseIterable, Sendable, Codable {
    /// Up to applet 1.7: with the PUK of the citizen's letter.
    case byPUK
    /// From applet 1.8 there is none: by the municipality's own software, at the counter.
    case byMunicipality

    package init(appletVersion: UInt8) { self = appletVersion >= 0x18 ? .byMunicipality : .byPUK }
}

/// What came of something that needs a PIN. What the person can mend is a case and no error.
package enum CardPINOutcome<Value: Sendable>: Sendable {
    case done(Value)
    /// The tries that are left now, when the card said so.
    case wrongPIN(triesLeft: Int?)
    case blocked(CardUnblocking)
    /// Too short, too long, or not digits; no try was used.
    case badPIN
    /// The two new PINs that were typed on the reader differ; nothing was changed.
    case newPINsDiffer
    /// On the reader's keys.
    case cancelled
    case timedOut
    /// The card is finished and not activated yet: its keys cannot be used.
    case notActivated
    /// The card has no such key, as cards of small children.
    case noKey
    case noCard
    /// The card left; if a PIN was being changed, nobody knows whether it is the old or the new one now.
    case removed
    /// The exchange broke while the card had the PIN, and the same card is there again: whether it did what
    /// it was asked is not known. Nothing was sent again, which might have used another try.
    ///
    /// The tries that are left now, where that can be asked for without using one up.
    case interrupted(triesLeft: Int?)
    /// Another card than the one that was meant is in the reader.
    case otherCard
}

extension CardPINOutcome: Equatable where Value: Equatable {}

extension CardPINOutcome {
    /// The same outcome, with what was done told in another way.
    package func map<Other, Failure>(
        _ transform: (Value) throws(Failure) -> Other
    ) throws(Failure) -> CardPINOutcome<Other> {
        switch self {
        case .done(let value): .done(try transform(value))
        case .wrongPIN(let triesLeft): .wrongPIN(triesLeft: triesLeft)
        case .blocked(let unblocking): .blocked(unblocking)
        case .badPIN: .badPIN
        case .newPINsDiffer: .newPINsDiffer
        case .cancelled: .cancelled
        case .timedOut: .timedOut
        case .notActivated: .notActivated
        case .noKey: .noKey
        case .noCard: .noCard
        case .removed: .removed
        case .interrupted(let triesLeft): .interrupted(triesLeft: triesLeft)
        case .otherCard: .otherCard
        }
    }
}
extension CardPINOutcome: Hashable where Value: Hashable {}
