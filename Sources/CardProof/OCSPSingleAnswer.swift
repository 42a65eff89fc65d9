import EnrolmentCore
import SwiftASN1

/// A SingleResponse, RFC 6960 4.2.1: what the responder says of one certificate.
struct OCSPSingleAnswer: Sendable {
    let status: RevocationAnswer.Status
    let revokedAt: Timestamp?
    let thisUpdate: Timestamp
    let nextUpdate: Timestamp?
    let hasUnknownCritical: Bool
    /// Nil for a hash that this program does not know.
    private let hash: DigestAlgorithm?
    private let issuerNameHash: [UInt8]
    private let issuerKeyHash: [UInt8]
    private let serialNumber: [UInt8]

    init(_ node: ASN1Node) throws {
        var parts = try node.sequence()
        var identifier = try parts.required().sequence()
        var algorithm = try identifier.required().sequence()
        hash = Self.hash(try algorithm.required().objectIdentifier())
        issuerNameHash = [UInt8](try identifier.required().bytes())
        issuerKeyHash = [UInt8](try identifier.required().bytes())
        serialNumber = [UInt8](try identifier.required().bytes())
        (status, revokedAt) = try Self.status(try parts.required())
        thisUpdate = try Timestamp(try parts.required())
        var nextUpdate: Timestamp?
        var hasUnknownCritical = false
        while let field = parts.next() {
            if field.hasTag(0) {
                nextUpdate = try Timestamp(try field.explicit())
            } else if field.hasTag(1) {
                hasUnknownCritical = try Self.hasCritical(field)
            } else {
                throw DERError.unexpected
            }
        }
        self.nextUpdate = nextUpdate
        self.hasUnknownCritical = hasUnknownCritical
    }

    /// Whether it is about this certificate of this issuer.
    func isAbout(_ subject: RevocationSubject) -> Bool {
        guard let hash else { return false }
        return serialNumber == subject.certificate.serialNumber
            && issuerNameHash == hash.digest(subject.issuer.subject.der)
            && issuerKeyHash == hash.digest(subject.issuer.publicKeyBits)
    }

    private static func hash(_ identifier: ASN1ObjectIdentifier) -> DigestAlgorithm? {
        switch identifier {
        case [1, 3, 14, 3, 2, 26]: .sha1
        case [2, 16, 840, 1, 101, 3, 4, 2, 1]: .sha256
        case [2, 16, 840, 1, 101, 3, 4, 2, 2]: .sha384
        case [2, 16, 840, 1, 101, 3, 4, 2, 3]: .sha512
        default: nil
        }
    }

    private static func status(_ node: ASN1Node) throws -> (RevocationAnswer.Status, Timestamp?) {
        if node.hasTag(0) { return (.good, nil) }
        if node.hasTag(2) { return (.unknown, nil) }
        guard node.hasTag(1) else { throw DERError.unexpected }
        var parts = try node.children()
        return (.revoked, try Timestamp(try parts.required()))
    }

    private static func hasCritical(_ field: ASN1Node) throws -> Bool {
        var list = try field.explicit().sequence()
        while let entry = list.next() {
            var parts = try entry.sequence()
            _ = try parts.required()
            let second = try parts.required()
            if second.identifier == .boolean, try second.bytes().first != 0 { return true }
        }
        return false
    }
}
