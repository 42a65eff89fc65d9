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
                if texts[type] == nil { texts[type] = Self.text(value) }
            }
        }
        commonName = texts[[2, 5, 4, 3]]
        organisation = texts[[2, 5, 4, 10]]
        serialNumber = texts[[2, 5, 4, 5]]
    }

    /// Nil for what is no string. Two names can be the same in different kinds of string.
    private static func text(_ value: ASN1Node) -> String? {
        guard case .primitive(let content) = value.content else { return nil }
        guard value.identifier == .bmpString else { return String(decoding: content, as: UTF8.self) }
        let bytes = [UInt8](content)
        let units = stride(from: 1, to: bytes.count, by: 2).map { UInt16(bytes[$0 - 1]) << 8 | UInt16(bytes[$0]) }
        return String(decoding: units, as: UTF16.self)
    }

    static func == (left: Self, right: Self) -> Bool { left.der == right.der }
    func hash(into hasher: inout Hasher) { hasher.combine(der) }
}
