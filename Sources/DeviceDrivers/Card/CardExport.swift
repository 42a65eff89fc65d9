package import EnrolmentCore
import FoundationEssentials

/// The XML file with the name ending `.eid` that the federal eID viewer writes and reads, versions 4.1 to
/// 4.5 of its form.
///
/// The form has no place for the files themselves nor for their signatures, so that it proves nothing;
/// nor for the special organisation, the start of an EU stay and fields that this program does not know.
/// What it asks for stands as it is on the card even where the form has no such word, as for the
/// document type of a foreign child; what it does not ask for is left out then.
package enum CardExport {
    /// - Returns: UTF-8. Holds all that the card says of a person, the photo included.
    package static func xml(of reading: CardReading) -> [UInt8] {
        let (identity, residence) = (reading.identity, reading.identity.residence)
        var text = XMLText()
        text.element("eid", [("version", version(of: identity))]) { text in
            text.element("identity", attributes(of: identity)) { text in
                text.element("name", text: identity.surname)
                text.element("firstname", text: identity.givenNames)
                text.element("middlenames", text: identity.thirdNameInitial)
                text.element("nationality", text: identity.nationality)
                text.element("placeofbirth", text: identity.birthPlace)
                text.element("photo", base64: reading.photo ?? [])
            }
            text.element("card", cardAttributes(of: reading)) { text in
                text.element("deliverymunicipality", text: identity.deliveryMunicipality)
                if let residence { write(residence, to: &text) }
            }
            text.element("address") { text in
                text.element("streetandnumber", text: reading.address?.streetAndNumber ?? "")
                text.element("zip", text: reading.address?.postalCode ?? "")
                text.element("municipality", text: reading.address?.municipality ?? "")
            }
            text.element("certificates") { text in
                text.element("root", base64: reading.files[.rootCertificate] ?? [])
                text.element("citizenca", base64: reading.files[.caCertificate] ?? [])
                if let file = reading.files[.authenticationCertificate] {
                    text.element("authentication", base64: file)
                }
                if let file = reading.files[.signatureCertificate] { text.element("signing", base64: file) }
                text.element("rrn", base64: reading.files[.registryCertificate] ?? [])
            }
        }
        return text.bytes + [0x0A]
    }

    private static func attributes(of identity: CardIdentity) -> [(name: String, value: String?)] {
        let residence = identity.residence
        return [
            ("nationalnumber", identity.nationalNumber.digits), ("dateofbirth", date(identity.birthDate)),
            ("gender", identity.sex.formWord),
            ("noblecondition", identity.nobleCondition.isEmpty ? nil : identity.nobleCondition),
            ("specialstatus", identity.status?.formWord),
            ("duplicate", residence.flatMap { isDigits($0.duplicate, count: 2) ? $0.duplicate : nil }),
            ("memberoffamily", residence?.isFamilyMember == true ? "true" : nil),
            ("dateandcountryofprotection", residence?.protection.flatMap(protection)),
        ]
    }

    private static func cardAttributes(of reading: CardReading) -> [(name: String, value: String?)] {
        let identity = reading.identity
        return [
            ("documenttype", identity.documentType.name?.formWord ?? identity.documentType.text),
            ("cardnumber", identity.cardNumber.text),
            ("chipnumber", DERReader.hexadecimal(reading.chipNumber[...]).uppercased()),
            ("validitydatebegin", date(identity.validFrom.map { PartialDate($0) })),
            ("validitydateend", date(identity.validUntil.map { PartialDate($0) })),
        ]
    }

    /// The first of a pair is what makes an element: alone the second one has no place.
    private static func write(_ residence: CardResidence, to text: inout XMLText) {
        if let mention = residence.labourMarket.meaning?.formWord {
            let file = residence.regionalFileNumber
            text.element(
                "workpermit",
                [
                    ("mention", mention), ("vat1", vatNumber(residence.employerVAT1)),
                    ("vat2", vatNumber(residence.employerVAT2)),
                    ("regionalfile", file.isEmpty ? nil : file),
                ]
            ) { _ in }
        }
        if residence.brexitAgreement.meaning != nil {
            let stay = residence.brexitStay.meaning == nil ? nil : "Permanent stay"
            text.element("brexit", [("mention1", "Article 18(1) Agreement"), ("mention2", stay)]) { _ in }
        }
        let (purpose, mobility) = (residence.purpose.meaning, residence.mobility.meaning)
        if purpose != nil || mobility != nil {
            let program = mobility == nil ? nil : "Mobility program"
            text.element("cardA", [("mentions1", purpose?.formWord), ("mentions2", program)]) { _ in }
        }
    }

    /// The first version that has a place for all that is written: a viewer warns of newer ones.
    private static func version(of identity: CardIdentity) -> String {
        let residence = identity.residence
        let hasMentions = residence?.purpose.meaning != nil || residence?.mobility.meaning != nil
        switch identity.documentType.name {
        case .eu, .euPlus, .k, .l, .newA, .newB, .newF, .newFPlus: return "4.5"
        case _ where hasMentions: return "4.5"
        case .i, .j, .m, .n: return "4.3"
        default: return residence?.brexitAgreement.meaning != nil ? "4.2" : "4.1"
        }
    }

    /// `19700324`, with zeros for what is unknown.
    private static func date(_ date: PartialDate?) -> String {
        func digits(_ number: Int?, _ width: Int) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
        }
        let day = date?.month == nil ? nil : date?.day
        return digits(date?.year, 4) + digits(date?.month, 2) + digits(day, 2)
    }

    private static func protection(_ protection: CardProtection) -> String? {
        guard let since = protection.since, let country = protection.country else { return nil }
        return date(PartialDate(since)) + country
    }

    /// `0123.456.789` without its dots.
    private static func vatNumber(_ text: String) -> String? {
        let digits = text.filter { $0 != "." }
        return isDigits(digits, count: 10) ? digits : nil
    }

    private static func isDigits(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) }
    }
}
