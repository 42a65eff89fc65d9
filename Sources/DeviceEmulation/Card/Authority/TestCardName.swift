import X509

/// A subject or issuer in the test infrastructure.
struct TestCardName: Sendable {
    let commonName: String
    let organisation: String?
    let serial: String?
    let surname: String?
    let givenNames: String?

    init(
        _ commonName: String, organisation: String? = nil, serial: String? = nil, surname: String? = nil,
        givenNames: String? = nil
    ) {
        self.commonName = commonName
        self.organisation = organisation
        self.serial = serial
        self.surname = surname
        self.givenNames = givenNames
    }

    func distinguishedName() throws -> DistinguishedName {
        typealias Attribute = RelativeDistinguishedName.Attribute
        var attributes = [try Attribute(type: .RDNAttributeType.countryName, printableString: "BE")]
        if let organisation {
            attributes.append(Attribute(type: .RDNAttributeType.organizationName, utf8String: organisation))
        }
        attributes.append(Attribute(type: .RDNAttributeType.commonName, utf8String: commonName))
        if let surname { attributes.append(Attribute(type: [2, 5, 4, 4], utf8String: surname)) }
        if let givenNames { attributes.append(Attribute(type: [2, 5, 4, 42], utf8String: givenNames)) }
        if let serial { attributes.append(try Attribute(type: [2, 5, 4, 5], printableString: serial)) }
        return DistinguishedName(attributes.map { RelativeDistinguishedName($0) })
    }
}
