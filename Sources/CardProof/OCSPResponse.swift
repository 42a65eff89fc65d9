import EnrolmentCore
import SwiftASN1

/// An OCSPResponse, RFC 6960 4.2.1, with a basic response.
struct OCSPResponse: Sendable {
    private let signed: SignedValue
    private let certificates: [ChainCertificate]
    private let responder: Responder
    private let producedAt: Timestamp
    private let answers: [OCSPSingleAnswer]
    private let nonce: [UInt8]?

    private enum Responder: Sendable {
        case name([UInt8])
        /// SHA-1 of the key's bits.
        case key([UInt8])
    }

    private static let largest = 1 << 20
    private static let mostCertificates = 8

    init(der: [UInt8]) throws(RevocationError) {
        guard der.count <= Self.largest else { throw .malformed }
        do {
            let basic = try Self.basicResponse(der)
            var parts = try basic.sequence()
            var frame = try basic.sequence()
            signed = try SignedValue(&frame)
            certificates = try Self.certificates(&frame)
            var fields = try parts.required().sequence()
            var field = try fields.required()
            if field.hasTag(0) { field = try fields.required() }
            responder = try Self.responder(field)
            producedAt = try Timestamp(try fields.required())
            var list = try fields.required().sequence()
            answers = try list.rest().map(OCSPSingleAnswer.init)
            nonce = try Self.nonce(fields.next())
        } catch let error as RevocationError {
            throw error
        } catch {
            throw .malformed
        }
    }

    /// What it says of one certificate, when one who may answer signed it.
    func answer(
        on subject: RevocationSubject, at time: Timestamp, nonce asked: [UInt8]?
    ) throws(RevocationError) -> RevocationAnswer {
        guard let single = answers.first(where: { $0.isAbout(subject) }) else { throw .otherCertificate }
        let key = try signer(for: subject.issuer, at: time)
        guard let isSigned = signed.isSigned(by: key) else { throw .unknownAlgorithm }
        guard isSigned else { throw .wrongSignature }
        if let asked, let nonce, asked != nonce { throw .otherNonce }
        if single.hasUnknownCritical { throw .unknownExtension }
        let latest = time.advanced(by: RevocationSubject.tolerance)
        guard single.thisUpdate <= latest, producedAt <= latest else { throw .notYetValid }
        return RevocationAnswer(
            status: single.status, revokedAt: single.revokedAt, thisUpdate: single.thisUpdate,
            nextUpdate: single.nextUpdate, source: .ocsp)
    }

    /// The issuer itself, or a responder that the issuer appointed by a certificate for it: RFC 6960 4.2.2.2.
    private func signer(for issuer: ChainCertificate, at time: Timestamp) throws(RevocationError) -> SigningKey {
        guard let issuerKey = issuer.key else { throw .unauthorisedSigner }
        if isResponder(issuer) { return issuerKey }
        for certificate in certificates where isResponder(certificate) && certificate.issuer == issuer.subject {
            let extensions = certificate.extensions
            guard extensions.extendedKeyUsage?.contains(.ocspSigning) == true, !extensions.hasUnknownCritical,
                extensions.allows(.digitalSignature), certificate.isValid(at: time),
                certificate.signed.isSigned(by: issuerKey) == true, let key = certificate.key
            else { continue }
            return key
        }
        throw .unauthorisedSigner
    }

    private func isResponder(_ certificate: ChainCertificate) -> Bool {
        switch responder {
        case .name(let name): certificate.subject.der == name
        case .key(let hash): DigestAlgorithm.sha1.digest(certificate.publicKeyBits) == hash
        }
    }

    /// The BasicOCSPResponse inside, when there is one.
    private static func basicResponse(_ der: [UInt8]) throws -> ASN1Node {
        var outer = try DER.parse(der).sequence()
        let status = try outer.required()
        guard status.identifier == .enumerated, let code = try status.bytes().first, try status.bytes().count == 1
        else { throw DERError.unexpected }
        guard code == 0 else { throw RevocationError.refused(status: code) }
        let wrapped = try outer.required()
        guard wrapped.hasTag(0) else { throw DERError.unexpected }
        var typed = try wrapped.explicit().sequence()
        guard try typed.required().objectIdentifier() == [1, 3, 6, 1, 5, 5, 7, 48, 1, 1] else {
            throw DERError.unexpected
        }
        let content = try typed.required()
        guard content.identifier == .octetString else { throw DERError.unexpected }
        return try DER.parse(content.bytes())
    }

    private static func certificates(
        _ frame: inout ASN1NodeCollection.Iterator
    ) throws -> [ChainCertificate] {
        guard let wrapped = frame.next() else { return [] }
        guard wrapped.hasTag(0) else { throw DERError.unexpected }
        var list = try wrapped.explicit().sequence()
        return list.rest().prefix(mostCertificates).compactMap { ChainCertificate(file: [UInt8]($0.encodedBytes)) }
    }

    private static func responder(_ node: ASN1Node) throws -> Responder {
        if node.hasTag(1) { return .name([UInt8](try node.explicit().encodedBytes)) }
        guard node.hasTag(2) else { throw DERError.unexpected }
        return .key([UInt8](try node.explicit().bytes()))
    }

    private static func nonce(_ node: ASN1Node?) throws -> [UInt8]? {
        guard let node else { return nil }
        guard node.hasTag(1) else { throw DERError.unexpected }
        var list = try node.explicit().sequence()
        while let entry = list.next() {
            var parts = try entry.sequence()
            guard try parts.required().objectIdentifier() == [1, 3, 6, 1, 5, 5, 7, 48, 1, 2] else { continue }
            var value = try parts.required()
            if value.identifier == .boolean { value = try parts.required() }
            let content = [UInt8](try value.bytes())
            // RFC 8954 wraps it once more; responders of Belgium's return what older clients sent: bare bytes.
            guard let inner = try? DER.parse(content), inner.identifier == .octetString else { return content }
            return [UInt8](try inner.bytes())
        }
        return nil
    }
}
