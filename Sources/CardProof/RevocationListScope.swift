import SwiftASN1

/// Which certificates a list of revoked ones speaks of, out of its extensions, RFC 5280 5.2.
struct RevocationListScope: Sendable {
    /// False where an extension that must be understood is not: a delta, an indirect list, some reasons only.
    private(set) var isUnderstood = true
    private var isForHolders = false
    private var isForAuthorities = false

    /// - Parameter node: [0], around the extensions; nil on lists without.
    init(_ node: ASN1Node?) throws(DERError) {
        guard let node else { return }
        guard node.hasTag(0) else { throw .unexpected }
        var list = try node.explicit().sequence()
        while let entry = list.next() {
            var parts = try entry.sequence()
            let identifier = try parts.required().objectIdentifier()
            var value = try parts.required()
            var isCritical = false
            if value.identifier == .boolean {
                isCritical = try value.bytes().first != 0
                value = try parts.required()
            }
            if identifier == [2, 5, 29, 28] {
                try readDistributionPoint(value)
            } else if isCritical {
                isUnderstood = false
            }
        }
    }

    func covers(_ certificate: ChainCertificate) -> Bool {
        if isForHolders, certificate.extensions.isAuthority { return false }
        return !isForAuthorities || certificate.extensions.isAuthority
    }

    /// IssuingDistributionPoint: where the list lies, and what it leaves out.
    private mutating func readDistributionPoint(_ value: ASN1Node) throws(DERError) {
        guard let content = try? DER.parse(value.bytes()) else { throw .unexpected }
        var fields = try content.sequence()
        while let field = fields.next() {
            if field.hasTag(0) { continue }
            guard try field.bytes().first != 0 else { continue }
            if field.hasTag(1) {
                isForHolders = true
            } else if field.hasTag(2) {
                isForAuthorities = true
            } else {
                isUnderstood = false
            }
        }
    }
}
