import SwiftASN1

/// The extensions of a certificate that decide about a chain, RFC 5280 4.2.
struct CertificateExtensions: Hashable, Sendable {
    /// Bits of keyUsage, by their number.
    enum KeyUsage: Int, Hashable, Sendable {
        case digitalSignature = 0
        /// Also called contentCommitment.
        case nonRepudiation = 1
        case keyCertSign = 5
        case crlSign = 6
    }

    private(set) var isEmpty = true
    private(set) var isAuthority = false
    /// How many authorities may stand below; nil for any number.
    private(set) var pathLength: Int?
    /// Nil when the extension is absent, which forbids nothing.
    private(set) var keyUsage: [UInt8]?
    private(set) var extendedKeyUsage: [ASN1ObjectIdentifier]?
    private(set) var ocspURLs: [String] = []
    private(set) var crlURLs: [String] = []
    /// Whether one that must be understood is not: such a certificate cannot be used.
    private(set) var hasUnknownCritical = false

    /// - Parameter fields: what stands behind the key: unique identifiers and [3] the extensions.
    init(in fields: [ASN1Node]) throws(DERError) {
        guard let wrapped = fields.first(where: { $0.hasTag(3) }) else { return }
        isEmpty = false
        var list = try wrapped.explicit().sequence()
        while let node = list.next() { try read(node) }
    }

    func allows(_ usage: KeyUsage) -> Bool {
        guard let keyUsage else { return true }
        let (byte, bit) = (usage.rawValue / 8, usage.rawValue % 8)
        return keyUsage.count > byte && keyUsage[byte] & (0x80 >> bit) != 0
    }

    /// Whether the key signs answers about revocations or time stamps, and nothing else.
    var isForStatementsOnly: Bool {
        extendedKeyUsage?.contains { $0 == .ocspSigning || $0 == .timeStamping } == true
    }

    private mutating func read(_ node: ASN1Node) throws(DERError) {
        var parts = try node.sequence()
        let identifier = try parts.required().objectIdentifier()
        var value = try parts.required()
        var isCritical = false
        if value.identifier == .boolean {
            isCritical = try value.bytes().first != 0
            value = try parts.required()
        }
        guard value.identifier == .octetString, let content = try? DER.parse(value.bytes()) else {
            if isCritical { throw .unexpected }
            return
        }
        switch identifier {
        case [2, 5, 29, 19]: try readBasicConstraints(content)
        case [2, 5, 29, 15]:
            guard let bits = try? ASN1BitString(derEncoded: content) else { throw .unexpected }
            keyUsage = [UInt8](bits.bytes)
        case [2, 5, 29, 37]:
            var list = try content.sequence()
            extendedKeyUsage = try list.rest().map { (node) throws(DERError) in try node.objectIdentifier() }
        case [2, 5, 29, 31]: crlURLs = (try? Self.distributionPoints(content)) ?? []
        case [1, 3, 6, 1, 5, 5, 7, 1, 1]: ocspURLs = (try? Self.responders(content)) ?? []
        // Policies are named by the National Register and ask nothing of who verifies.
        case [2, 5, 29, 32]: break
        default: if isCritical { hasUnknownCritical = true }
        }
    }

    private mutating func readBasicConstraints(_ content: ASN1Node) throws(DERError) {
        var parts = try content.sequence()
        guard var part = parts.next() else { return }
        if part.identifier == .boolean {
            isAuthority = try part.bytes().first != 0
            guard let next = parts.next() else { return }
            part = next
        }
        let digits = try part.bytes()
        guard part.identifier == .integer, digits.count <= 2 else { throw .unexpected }
        pathLength = digits.reduce(0) { $0 << 8 | Int($1) }
    }

    /// accessMethod id-ad-ocsp with a URI.
    private static func responders(_ content: ASN1Node) throws(DERError) -> [String] {
        var list = try content.sequence()
        var found: [String] = []
        while let node = list.next() {
            var parts = try node.sequence()
            let method = try parts.required().objectIdentifier()
            let location = uri(try parts.required())
            if method == [1, 3, 6, 1, 5, 5, 7, 48, 1], let location { found.append(location) }
        }
        return found
    }

    /// distributionPoint, fullName, URIs.
    private static func distributionPoints(_ content: ASN1Node) throws(DERError) -> [String] {
        var list = try content.sequence()
        var found: [String] = []
        while let point = list.next() {
            var parts = try point.sequence()
            guard let name = parts.next(), name.hasTag(0) else { continue }
            let full = try name.explicit()
            guard full.hasTag(0) else { continue }
            var names = try full.children()
            found += names.rest().compactMap(uri)
        }
        return found
    }

    /// A GeneralName of the kind uniformResourceIdentifier, when it is an HTTP address.
    private static func uri(_ node: ASN1Node) -> String? {
        guard node.hasTag(6), case .primitive(let bytes) = node.content, bytes.allSatisfy({ (33...126).contains($0) })
        else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        return text.hasPrefix("http://") || text.hasPrefix("https://") ? text : nil
    }
}
