/// What the applicant chooses when all samples are taken.
package struct EnrolmentChoices: Hashable, Sendable, Codable {
    package var certificates: CertificateConsent
    package var procedure: Procedure
    package var cardLanguage: Language

    package init(certificates: CertificateConsent, procedure: Procedure, cardLanguage: Language) {
        self.certificates = certificates
        self.procedure = procedure
        self.cardLanguage = cardLanguage
    }
}

/// Whether the card gets certificates to log in and to sign with.
package enum CertificateConsent: String, CaseIterable, Sendable, Codable {
    case accepted, waived
}

package enum Procedure: String, CaseIterable, Sendable, Codable {
    case normal, urgent
}

/// The languages of the card and of the screens.
package enum Language: String, CaseIterable, Sendable, Codable {
    case dutch = "nl"
    case french = "fr"
    case german = "de"
    case english = "en"
}

/// How the finger step of an enrolment ended.
package enum FingerOutcome: Hashable, Sendable, Codable {
    /// One or two fingers were taken; what could not be is in the exceptions.
    case taken
    /// The card holds none: a child under 12.
    case notRequired
    /// None now: the card is valid for so many months. In doubt there is an attest, younger than a month.
    case temporarilyImpossible(Attest?, cardValidMonths: Int)
    /// None ever: exempt.
    case permanentlyImpossible
}

/// How the signature step of an enrolment ended.
package enum SignatureOutcome: Hashable, Sendable, Codable {
    case signed(SignatureSample)
    /// "Vrijgesteld": the card is made without a signature.
    case exempt(SignatureExemption)
}

package enum SignatureExemption: String, CaseIterable, Sendable, Codable {
    case illiteracy, disability, seriousIllness, youngChild
}
