/// A document of the applicant; here the current card, with its files byte for byte.
package struct OSIADocumentData: Hashable, Sendable, Codable {
    package enum DocumentType: String, CaseIterable, Sendable, Codable {
        case identityCard = "ID_CARD"
    }

    /// One file of the card. The closed schema has no name for a part, so the media type carries it
    /// as a parameter: `application/octet-stream; name=identity`.
    package struct Part: Hashable, Sendable, Codable {
        package var data: Base64Bytes?
        package var mimeType: String
        /// RFC 3339.
        package var captureDate: String
    }

    package var documentType: DocumentType
    package var parts: [Part]
}
