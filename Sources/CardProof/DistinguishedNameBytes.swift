import SwiftASN1

/// The name of a subject or an issuer: its bytes, and what of it people know it by.
struct DistinguishedNameBytes: Hashable, Sendable {
    /// DER; two names are the same when their bytes are, which holds within one hierarchy.
    let der: [UInt8]
    let commonName: String?
    let organisation: String?
    /// The attribute serialNumber: a national number in a holder's certificate.
    let serialNumber: String?

    init(_ node: ASN1Node) throws(DERError) {
        der = [UInt8](node.encodedBytes)
        var texts: [ASN1ObjectIdentifier: String] = [:]
        var relatives = try node.sequence()
        while let relative = relatives.next() {
            var attributes = try relative.children()
            while let attribute = attributes.next() {
                var parts = try attribute.sequence()
                let type = try parts.required().objectIdentifier()
                let value = try parts.required()
                if case .primitive(let bytes) = value.content, texts[type] == nil {
                    texts[type] = String(decoding: bytes, as: UTF8.self)
                }
            }
        }
        commonName = texts[[2, 5, 4, 3]]
        organisation = texts[[2, 5, 4, 10]]
        serialNumber = texts[[2, 5, 4, 5]]
    }

    static func == (left: Self, right: Self) -> Bool { left.der == right.der }
    func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
