package import EnrolmentCore

extension OSIABiographicData {
    init(_ card: CardReading) {
        let identity = card.identity
        self.init(
            firstName: identity.givenNames, lastName: identity.surname, dateOfBirth: identity.birthDate?.iso8601,
            gender: Self.gender(identity.sex), nationality: identity.nationality,
            thirdNameInitial: identity.thirdNameInitial, dateOfBirthText: identity.birthDateText,
            placeOfBirth: identity.birthPlace, nobleCondition: identity.nobleCondition,
            nationalNumber: identity.nationalNumber.digits, cardNumber: identity.cardNumber.text,
            cardDocumentType: identity.documentType.text, cardSpecialStatus: identity.specialStatus,
            cardValidFrom: identity.validFrom?.iso8601, cardValidUntil: identity.validUntil?.iso8601,
            cardDeliveryMunicipality: identity.deliveryMunicipality,
            address: card.address.map {
                Address(
                    streetAndNumber: $0.streetAndNumber, postalCode: $0.postalCode, municipality: $0.municipality)
            })
    }

    /// Who the office planned to visit, when there is no card to read.
    init(_ citizen: Citizen) {
        self.init(
            firstName: citizen.givenNames, lastName: citizen.surname, dateOfBirth: citizen.birthDate.iso8601,
            gender: "", nationality: "", thirdNameInitial: "", dateOfBirthText: "", placeOfBirth: "",
            nobleCondition: "", nationalNumber: citizen.nationalNumber.digits, cardNumber: "", cardDocumentType: "",
            cardSpecialStatus: "", cardValidFrom: nil, cardValidUntil: nil, cardDeliveryMunicipality: "", address: nil)
    }

    private static func gender(_ sex: CardSex) -> String {
        switch sex {
        case .male: "M"
        case .female: "F"
        case .other(let text): text
        }
    }
}

extension OSIADocumentData {
    static func mimeType(of file: CardFile) -> String {
        let type =
            switch file {
            case .photo: "image/jpeg"
            case .identity, .identitySignature, .address, .addressSignature, .basicKey: "application/octet-stream"
            case .caCertificate, .rootCertificate, .registryCertificate, .authenticationCertificate,
                .signatureCertificate:
                "application/pkix-cert"
            }
        return "\(type); name=\(file.rawValue)"
    }

    /// Which file of the card a part is, by the name in its media type.
    package static func file(ofPart part: Part) -> CardFile? {
        CardFile.allCases.first { mimeType(of: $0) == part.mimeType }
    }
}
