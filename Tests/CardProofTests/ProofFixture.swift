import CardProof
import Crypto
import DeviceEmulation
import EnrolmentCore
import Foundation

/// An emulated card's content as a reader hands it over, and a kit that knows its test root.
struct ProofFixture {
    var image: EIDCardImage
    let authority: TestCardAuthority
    /// When the card is read and proven.
    var time = Self.day(2026, 11, 22)

    static let persona = CardPersona(
        surname: "Voorbeeld-TEST", givenNames: "Testpersoon Proef", thirdNameInitial: "T", sex: .female,
        birth: CardDay(1970, 3, 24), birthPlace: "Testdorp", nationality: "Belg", streetAndNumber: "Proefstraat 12 b3",
        postalCode: "9999", municipality: "Testgemeente")

    /// A marker in front, a marker behind and 600 bytes between: the proof takes any bytes for a photo.
    static let photo: [UInt8] = [0xFF, 0xD8] + (0..<600).map { UInt8($0 % 251) } + [0xFF, 0xD9]

    init(_ profile: CardProfile) throws {
        guard let authority = try profile.authority(),
            let image = try profile.image(of: Self.persona, photo: Self.photo, signedBy: authority)
        else { throw CocoaError(.featureUnsupported) }
        self.image = image
        self.authority = authority
    }

    /// A card made piece by piece, for what no profile has.
    init(_ applet: CardApplet, change: (inout SyntheticCard) throws -> Void) throws {
        authority = try TestCardAuthority(applet.authority)
        var card = SyntheticCard(Self.persona, applet: applet, photo: Self.photo)
        try change(&card)
        image = try card.image(signedBy: authority)
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> Timestamp {
        let days = CalendarDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
        return Timestamp(milliseconds: Int64(days) * 86_400_000)
    }

    /// The roots of the emulated cards as a list of its own, as a training kit has it.
    static func trust(_ authorities: [TestCardAuthority], acceptsTestRoots: Bool = true) throws -> CardTrust {
        CardTrust(
            try TrustList.builtIn(), acceptsTestRoots: acceptsTestRoots,
            extraTestRoots: try authorities.map { try TrustRoot(certificate: $0.rootCertificate, kind: .test) })
    }

    func trust(acceptsTestRoots: Bool = true) throws -> CardTrust {
        try Self.trust([authority], acceptsTestRoots: acceptsTestRoots)
    }

    func proof(_ trust: CardTrust? = nil, revocation: RevocationEvidence? = nil) throws -> CardProof {
        CardProver(try trust ?? self.trust()).proof(of: try reading(), at: time, revocation: revocation)
    }

    /// - Parameter isWhole: whether certificates come with the zero bytes that fill their files.
    func reading(isWhole: Bool = false) throws -> CardReading {
        let places: [(CardFile, EIDFile)] = [
            (.identity, .identity), (.identitySignature, .identitySignature), (.address, .address),
            (.addressSignature, .addressSignature), (.photo, .photo), (.caCertificate, .caCertificate),
            (.rootCertificate, .rootCertificate), (.registryCertificate, .registryCertificate),
            (.authenticationCertificate, .authenticationCertificate), (.signatureCertificate, .signatureCertificate),
            (.basicKey, .basicKey),
        ]
        var files: [CardFile: [UInt8]] = [:]
        for (file, place) in places {
            guard let content = image.files[place] else { continue }
            let isCertificate = place.directory == EIDFile.belpic
            files[file] = isCertificate && !isWhole ? Self.withoutPadding(content) : content
        }
        return CardReading(
            files: files, chipNumber: [UInt8](image.cardData.prefix(16)), appletVersion: image.appletVersion,
            atr: image.atr, identity: Self.identity, address: nil, readAt: time, challenge: try challenge())
    }

    /// DER in front of zero bytes; a certificate does not end in one but by chance, so its length is asked.
    static func withoutPadding(_ file: [UInt8]) -> [UInt8] {
        guard file.count > 4, file[0] == 0x30, file[1] == 0x82 else { return [] }
        return [UInt8](file.prefix(4 + Int(file[2]) << 8 + Int(file[3])))
    }

    /// What the chip answers to 48 bytes.
    private func challenge() throws -> CardChallenge? {
        guard image.appletVersion >= 0x18 else { return nil }
        let question = [UInt8]((0..<48).map { UInt8($0 * 5 + 1) })
        guard let key = image.basicKey else { return CardChallenge(challenge: question, response: []) }
        let answer = try key.signature(for: ChallengeBytes(bytes: question))
        return CardChallenge(challenge: question, response: [UInt8](answer.rawRepresentation))
    }

    /// The proof looks at files only; what was parsed for people is not its business.
    private static let identity = CardIdentity(
        cardNumber: CardNumber(""), validFrom: nil, validUntil: nil, deliveryMunicipality: "",
        nationalNumber: NationalNumber(""), surname: "", givenNames: "", thirdNameInitial: "", nationality: "",
        birthPlace: "", birthDateText: "", birthDate: nil, sex: .other(""), nobleCondition: "",
        documentType: CardDocumentType(""), specialStatus: "", photoDigest: [], otherFields: [:])
}

extension CardReading {
    /// The same reading with another content in some files.
    func with(_ changes: [CardFile: [UInt8]?], chipNumber: [UInt8]? = nil, appletVersion: UInt8? = nil) -> CardReading {
        var files = files
        for (file, content) in changes { files[file] = content }
        return CardReading(
            files: files, chipNumber: chipNumber ?? self.chipNumber, appletVersion: appletVersion ?? self.appletVersion,
            atr: atr, identity: identity, address: address, readAt: readAt, challenge: challenge)
    }

    func with(challenge: CardChallenge?) -> CardReading {
        CardReading(
            files: files, chipNumber: chipNumber, appletVersion: appletVersion, atr: atr, identity: identity,
            address: address, readAt: readAt, challenge: challenge)
    }
}

/// Bytes that are signed as they are.
struct ChallengeBytes: Digest {
    static let byteCount = 48
    let bytes: [UInt8]

    func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try bytes.withUnsafeBytes(body)
    }

    func makeIterator() -> IndexingIterator<[UInt8]> { bytes.makeIterator() }
    var description: String { "challenge" }
}
