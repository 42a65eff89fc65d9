package import EnrolmentCore

/// Why the enrolment is done: which card, how, and with what on it.
package struct OSIARequestData: Hashable, Sendable, Codable {
    package var requestType = "IDENTITY_CARD"
    package var cardKind: CardKind
    package var procedure: Procedure
    package var certificates: CertificateConsent
    package var cardLanguage: Language
}
