/// The kind of card that a person carries or applies for.
package enum CardKind: String, CaseIterable, Sendable, Codable {
    /// Identity card of a Belgian of 12 years or more.
    case eID
    /// Identity document of a Belgian child under 12.
    case kidsID
    /// Residence card of a foreigner of 12 years or more (A to N, EU, EU+).
    case foreigner
    /// Residence card of a foreign child under 12.
    case foreignerKids

    /// Cards of children under 12 hold no fingerprints.
    package var holdsFingerprints: Bool { self == .eID || self == .foreigner }
}
