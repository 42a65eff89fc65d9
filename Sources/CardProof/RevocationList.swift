import EnrolmentCore
import SwiftASN1

/// A list of revoked certificates, RFC 5280 5, of version 1 or 2.
struct RevocationList: Sendable {
    private let signed: SignedValue
    private let issuer: DistinguishedNameBytes
    private let thisUpdate: Timestamp
    private let nextUpdate: Timestamp?
    private let entries: ASN1Node?
    private let scope: RevocationListScope

    /// The largest of Belgium has some megabytes.
    private static let largest = 32 << 20

    init(der: [UInt8]) throws(RevocationError) {
        guard der.count <= Self.largest else { throw .malformed }
        do {
            let node = try DER.parse(der)
            var parts = try node.sequence()
            var frame = try node.sequence()
            signed = try SignedValue(&frame)
            var fields = try parts.required().sequence()
            var field = try fields.required()
            if field.identifier == .integer { field = try fields.required() }
            // RFC 5280 5.1.1.2: the algorithm inside, which is signed, is the one outside.
            guard [UInt8](field.encodedBytes) == signed.algorithmBytes, frame.next() == nil else {
                throw DERError.unexpected
            }
            issuer = try DistinguishedNameBytes(try fields.required())
            thisUpdate = try Timestamp(try fields.required())
            var next = fields.next()
            if let node = next, node.identifier == .utcTime || node.identifier == .generalizedTime {
                nextUpdate = try Timestamp(node)
                next = fields.next()
            } else {
                nextUpdate = nil
            }
            if let node = next, node.identifier == .sequence {
                entries = node
                next = fields.next()
            } else {
                entries = nil
            }
            scope = try RevocationListScope(next)
            guard fields.next() == nil else { throw DERError.unexpected }
        } catch {
            throw .malformed
        }
    }

    /// What it says of one certificate, when its issuer signed the list.
    func answer(on subject: RevocationSubject, at time: Timestamp) throws(RevocationError) -> RevocationAnswer {
        guard issuer == subject.issuer.subject else { throw .otherCertificate }
        guard let key = subject.issuer.key, subject.issuer.extensions.allows(.crlSign) else {
            throw .unauthorisedSigner
        }
        guard let isSigned = signed.isSigned(by: key) else { throw .unknownAlgorithm }
        guard isSigned else { throw .wrongSignature }
        guard scope.isUnderstood else { throw .unknownExtension }
        guard scope.covers(subject.certificate) else { throw .otherCertificate }
        guard thisUpdate <= time.advanced(by: RevocationSubject.tolerance) else { throw .notYetValid }
        let revokedAt: Timestamp?
        do {
            revokedAt = try revocation(of: subject.certificate.serialNumber)
        } catch {
            throw .malformed
        }
        return RevocationAnswer(
            status: revokedAt == nil ? .good : .revoked, revokedAt: revokedAt, thisUpdate: thisUpdate,
            nextUpdate: nextUpdate, source: .crl)
    }

    /// Of whose certificates it speaks, in short.
    static func name(of issuer: DistinguishedNameBytes) -> [UInt8] {
        Array(DigestAlgorithm.sha256.digest(issuer.der).prefix(16))
    }

    /// - Parameter listedName: of `RevocationSubject`.
    func revokes(_ listedName: [UInt8]) -> Bool {
        let name = Self.name(of: issuer)
        guard listedName.count > name.count, listedName.starts(with: name), scope.isUnderstood else { return false }
        return (try? revocation(of: Array(listedName.dropFirst(name.count)))) != nil
    }

    /// When the certificate with this number was revoked; nil when it is not on the list.
    private func revocation(of serialNumber: [UInt8]) throws(DERError) -> Timestamp? {
        guard var list = try entries?.sequence() else { return nil }
        while let entry = list.next() {
            var parts = try entry.sequence()
            guard try parts.required().bytes().elementsEqual(serialNumber) else { continue }
            return try Timestamp(try parts.required())
        }
        return nil
    }
}
