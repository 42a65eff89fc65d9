/// What the identity file of a residence card tells beside what every card does (tags 12 to 1F but for
/// 1A). Texts are empty where the field is absent or empty.
package struct CardResidence: Hashable, Sendable, Codable {
    /// `00` or `01` upwards: how many times the card was made anew.
    package var duplicate: String
    package var organisation: CardCode<CardOrganisation>
    /// The field is there, which says it, and has no content.
    package var isFamilyMember: Bool
    package var protection: CardProtection?
    package var labourMarket: CardCode<CardLabourMarket>
    /// As `0123.456.789`.
    package var employerVAT1: String
    package var employerVAT2: String
    package var regionalFileNumber: String
    package var brexitAgreement: CardCode<CardBrexitAgreement>
    package var brexitStay: CardCode<CardBrexitStay>
    package var purpose: CardCode<CardAPurpose>
    package var mobility: CardCode<CardAMobility>
    /// As on the card, for example `01.02.2014`; `euStart` is nil when it cannot be read.
    package var euStartText: String
    package var euStart: CalendarDate?

    package init(
        duplicate: String = "", organisation: CardCode<CardOrganisation> = CardCode(""), isFamilyMember: Bool = false,
        protection: CardProtection? = nil, labourMarket: CardCode<CardLabourMarket> = CardCode(""),
        employerVAT1: String = "", employerVAT2: String = "", regionalFileNumber: String = "",
        brexitAgreement: CardCode<CardBrexitAgreement> = CardCode(""),
        brexitStay: CardCode<CardBrexitStay> = CardCode(""), purpose: CardCode<CardAPurpose> = CardCode(""),
        mobility: CardCode<CardAMobility> = CardCode(""), euStartText: String = "", euStart: CalendarDate? = nil
    ) {
        self.duplicate = duplicate
        self.organisation = organisation
        self.isFamilyMember = isFamilyMember
        self.protection = protection
        self.labourMarket = labourMarket
        self.employerVAT1 = employerVAT1
        self.employerVAT2 = employerVAT2
        self.regionalFileNumber = regionalFileNumber
        self.brexitAgreement = brexitAgreement
        self.brexitStay = brexitStay
        self.purpose = purpose
        self.mobility = mobility
        self.euStartText = euStartText
        self.euStart = euStart
    }
}

/// Since when, and by which country, the holder is protected: tag 15, as `01.02.2014-IT`.
package struct CardProtection: Hashable, Sendable, Codable {
    /// As on the card.
    package var text: String
    package var since: CalendarDate?
    /// Two letters; nil when they cannot be read.
    package var country: String?

    package init(text: String, since: CalendarDate?, country: String?) {
        self.text = text
        self.since = since
        self.country = country
    }
}
