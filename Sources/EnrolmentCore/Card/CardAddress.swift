/// The address file, parsed.
package struct CardAddress: Hashable, Sendable, Codable {
    package var streetAndNumber: String
    package var postalCode: String
    package var municipality: String

    package init(streetAndNumber: String, postalCode: String, municipality: String) {
        self.streetAndNumber = streetAndNumber
        self.postalCode = postalCode
        self.municipality = municipality
    }
}
