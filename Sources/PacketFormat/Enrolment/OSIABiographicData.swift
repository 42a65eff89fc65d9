/// The person as the current card names them; the signed files that prove it are in `documentData`.
/// Without a card, as the office knows them: then only the first members and the number are filled.
///
/// The first five members have the names of OSIA's own example.
package struct OSIABiographicData: Hashable, Sendable, Codable {
    package var firstName: String
    package var lastName: String
    /// ISO 8601 with reduced precision where the register knows less than the day.
    package var dateOfBirth: String?
    /// `M`, `F`, or what the card says.
    package var gender: String
    /// In words, in the language of the card.
    package var nationality: String
    package var thirdNameInitial: String
    package var dateOfBirthText: String
    package var placeOfBirth: String
    package var nobleCondition: String
    package var nationalNumber: String
    package var cardNumber: String
    package var cardDocumentType: String
    package var cardSpecialStatus: String
    package var cardValidFrom: String?
    package var cardValidUntil: String?
    package var cardDeliveryMunicipality: String
    package var address: Address?

    package struct Address: Hashable, Sendable, Codable {
        package var streetAndNumber: String
        package var postalCode: String
        package var municipality: String
    }
}
