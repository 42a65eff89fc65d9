import Crypto
import Foundation

/// Makes the content of an eID card for an invented person, signed for real by a test authority.
package struct SyntheticCard: Sendable {
    package enum Failure: Error, Hashable, Sendable {
        /// A field longer than a card can hold, by its tag.
        case fieldTooLong(tag: UInt8)
        /// The authority's keys are not of the kind that the applet has.
        case wrongAuthority
    }

    /// Which hash function stands for the photo and is signed for either file.
    package struct Digests: Hashable, Sendable {
        package var photo: CardHash
        package var identity: CardHash
        package var address: CardHash

        package init(photo: CardHash, identity: CardHash, address: CardHash) {
            self.photo = photo
            self.identity = identity
            self.address = address
        }
    }

    package var persona: CardPersona
    package var document: CardDocument
    package var applet: CardApplet
    /// A JPEG file, as grey as on a card or not.
    package var photo: [UInt8]
    package var validFrom: CardDay
    package var validUntil: CardDay
    package var deliveryMunicipality: String
    /// Tells one card of the same person from the next.
    package var serial: Int
    /// What its files are signed with, where that is not its generation's own; elliptic curves always
    /// take SHA-384.
    package var digests: Digests?
    /// The length of its address file, where that is not its generation's own.
    package var addressLength: Int?
    /// Fields of the identity file that are added as they are, such as those of foreigners' cards.
    package var otherFields: [UInt8: [UInt8]] = [:]

    package init(
        _ persona: CardPersona, document: CardDocument = .belgian, applet: CardApplet = .v18, photo: [UInt8],
        validFrom: CardDay = CardDay(2022, 3, 1), validUntil: CardDay = CardDay(2032, 3, 1),
        deliveryMunicipality: String? = nil, serial: Int = 1
    ) {
        self.persona = persona
        self.document = document
        self.applet = applet
        self.photo = photo
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.deliveryMunicipality = deliveryMunicipality ?? persona.municipality
        self.serial = serial
    }

    /// 16 bytes that start with TEST and are the same for the same person and serial.
    package var chipNumber: [UInt8] {
        let digest = SHA256.hash(data: [UInt8]("\(persona.nationalNumber)/\(document.typeText)/\(serial)".utf8))
        return [UInt8]("TEST".utf8) + digest.prefix(12)
    }

    /// The same for the same chip, so that a card can be made again.
    private var basicKey: P384.Signing.PrivateKey {
        get throws { try P384.Signing.PrivateKey(rawRepresentation: SHA384.hash(data: chipNumber)) }
    }

    /// The whole card.
    ///
    /// - Parameter authority: of the applet's own algorithm.
    package func image(signedBy authority: TestCardAuthority) throws -> EIDCardImage {
        guard authority.algorithm == applet.authority else { throw Failure.wrongAuthority }
        let digests = digests ?? applet.digests
        let basicKey = applet == .v18 ? try basicKey : nil
        var files = PKCS15Directory(
            chipNumber: chipNumber, applet: applet, hasAuthentication: document.hasAuthenticationCertificate,
            hasSignature: document.hasSignatureCertificate
        ).files
        let identity = try identityFile(basicKey: basicKey, photo: digests.photo)
        let address = try addressFile()
        let identitySignature = Self.fill(
            try authority.registrySignature(over: identity, digests.identity), to: applet.identitySignatureLength ?? 0)
        files[.identity] = identity
        files[.address] = Self.fill(address, to: addressLength ?? applet.addressLength)
        files[.photo] = photo
        files[.identitySignature] = identitySignature
        // Over the address without its filling, then the identity's signature file as it is stored.
        files[.addressSignature] = Self.fill(
            try authority.registrySignature(over: address + identitySignature, digests.address),
            to: applet.addressSignatureLength)
        if applet != .v18 {
            files[.authorityRole] = CardHash.sha1.hash(try authority.key(.authority).publicKey)
            files[.preferences] = [UInt8](repeating: 0, count: 100)
        }
        if let basicKey { files[.basicKey] = [UInt8](basicKey.publicKey.derRepresentation) }
        let holderKeys = try holderKeys(from: authority)
        try addCertificates(to: &files, from: authority, holderKeys)
        return EIDCardImage(
            atr: applet.atr, cardData: chipNumber + applet.cardDataTail, files: files, basicKey: basicKey,
            holderKeys: holderKeys)
    }

    private func addCertificates(
        to files: inout [EIDFile: [UInt8]], from authority: TestCardAuthority,
        _ holderKeys: [CardKeyNumber: TestCardKey]
    ) throws {
        let isForeigner = if case .foreigner = document { true } else { false }
        func holder(_ number: CardKeyNumber) throws -> [UInt8] {
            guard let key = holderKeys[number] else {
                return [UInt8](repeating: 0, count: applet.absentCertificateLength)
            }
            let certificate = try authority.holderCertificate(
                of: persona, key, isForSigning: number == .signature, isForeigner: isForeigner)
            return Self.fill(certificate, to: certificate.count + applet.certificatePadding)
        }
        let authorityCertificate =
            isForeigner ? authority.foreignerAuthorityCertificate : authority.citizenAuthorityCertificate
        files[.authenticationCertificate] = try holder(.authentication)
        files[.signatureCertificate] = try holder(.signature)
        files[.caCertificate] = Self.fill(
            authorityCertificate, to: authorityCertificate.count + applet.certificatePadding)
        files[.rootCertificate] = Self.fill(
            authority.rootCertificate, to: authority.rootCertificate.count + applet.rootPadding)
        files[.registryCertificate] = Self.fill(
            authority.registryCertificate, to: authority.registryCertificate.count + applet.rootPadding)
    }

    private func holderKeys(from authority: TestCardAuthority) throws -> [CardKeyNumber: TestCardKey] {
        // Files may be signed anew with an elliptic curve; the chip of applet 1.7 has RSA keys only.
        let source = applet == .v17Rekeyed ? try TestCardAuthority.embeddedKeys(.rsa) : authority.keys
        var keys: [CardKeyNumber: TestCardKey] = [:]
        if document.hasAuthenticationCertificate { keys[.authentication] = source[.authentication] }
        if document.hasSignatureCertificate { keys[.signature] = source[.signature] }
        return keys
    }

    private func identityFile(
        basicKey: P384.Signing.PrivateKey?, photo hash: CardHash
    ) throws(Failure) -> [UInt8] {
        let texts: [(UInt8, String)] = [
            (0x03, validFrom.dotted), (0x04, validUntil.dotted), (0x05, deliveryMunicipality),
            (0x06, persona.nationalNumber), (0x07, persona.surname), (0x08, persona.givenNames),
            (0x09, persona.thirdNameInitial), (0x0A, persona.nationality), (0x0B, persona.birthPlace),
            (0x0C, persona.birth.spelled(in: persona.language)), (0x0D, persona.sexLetter), (0x0E, ""),
            (0x0F, document.typeText), (0x10, "0"),
        ]
        var fields: [(UInt8, [UInt8])] = [
            (0x01, [UInt8](document.cardNumber(serial: serial).utf8)), (0x02, chipNumber),
        ]
        fields += texts.map { ($0, [UInt8]($1.utf8)) }
        fields.append((0x11, hash.hash(photo)))
        var others = otherFields
        if let basicKey { others[0x1A] = [UInt8](SHA384.hash(data: basicKey.publicKey.derRepresentation)) }
        fields += others.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return try Self.write(fields)
    }

    private func addressFile() throws(Failure) -> [UInt8] {
        try Self.write([
            (0x01, [UInt8](persona.streetAndNumber.utf8)), (0x02, [UInt8](persona.postalCode.utf8)),
            (0x03, [UInt8](persona.municipality.utf8)),
        ])
    }

    private static func write(_ fields: [(UInt8, [UInt8])]) throws(Failure) -> [UInt8] {
        var file: [UInt8] = []
        for (tag, value) in fields {
            guard value.count < 0x80 else { throw .fieldTooLong(tag: tag) }
            file += [tag, UInt8(value.count)] + value
        }
        return file
    }

    private static func fill(_ bytes: [UInt8], to length: Int) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: max(0, length - bytes.count))
    }
}
