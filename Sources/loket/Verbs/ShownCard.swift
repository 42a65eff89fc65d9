import DeviceDrivers
import EnrolmentCore

/// A card as `card read --json` tells it.
struct ShownCard: Encodable {
    let cardNumber: String
    let nationalNumber: String
    let surname: String
    let givenNames: String
    let thirdNameInitial: String
    /// As on the card.
    let birthDate: String
    /// ISO 8601, as far as the card's own text tells.
    let birthDateISO: String?
    let birthPlace: String
    let nationality: String
    let sex: String
    let nobleCondition: String
    let specialStatus: String
    let documentType: String
    /// Nil for a document that this program does not know.
    let documentName: String?
    let deliveryMunicipality: String
    let validFrom: String?
    let validUntil: String?
    let address: CardAddress?
    /// Of foreigners' cards only.
    let residence: CardResidence?
    let applet: String
    let chipNumber: String
    let atr: String
    /// Of the two numbers.
    let warnings: [String]
    /// What was odd about the fields, by place and kind.
    let fieldWarnings: [String]
    let certificates: [String: CardCertificate]
    /// Bytes of each file.
    let files: [String: Int]

    init(_ reading: CardReading) {
        let identity = reading.identity
        cardNumber = identity.cardNumber.text
        nationalNumber = identity.nationalNumber.digits
        surname = identity.surname
        givenNames = identity.givenNames
        thirdNameInitial = identity.thirdNameInitial
        birthDate = identity.birthDateText
        birthDateISO = identity.birthDate?.iso8601
        birthPlace = identity.birthPlace
        nationality = identity.nationality
        sex =
            switch identity.sex {
            case .male: "M"
            case .female: "F"
            case .other(let text): text
            }
        nobleCondition = identity.nobleCondition
        specialStatus = identity.specialStatus
        documentType = identity.documentType.text
        documentName = identity.documentType.name?.rawValue
        deliveryMunicipality = identity.deliveryMunicipality
        validFrom = identity.validFrom?.iso8601
        validUntil = identity.validUntil?.iso8601
        address = reading.address
        residence = identity.residence
        applet = "\(reading.appletVersion >> 4).\(reading.appletVersion & 0x0F)"
        chipNumber = Self.hexadecimal(reading.chipNumber)
        atr = Self.hexadecimal(reading.atr)
        warnings = (identity.nationalNumber.warnings(birth: identity.birthDate) + identity.cardNumber.warnings)
            .map(\.rawValue)
        fieldWarnings = (identity.warnings + reading.addressWarnings).map(\.description)
        certificates = Dictionary(uniqueKeysWithValues: reading.certificates.map { ($0.key.rawValue, $0.value) })
        files = Dictionary(uniqueKeysWithValues: reading.files.map { ($0.key.rawValue, $0.value.count) })
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
