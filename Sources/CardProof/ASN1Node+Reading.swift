import SwiftASN1

extension ASN1Node {
    /// What is inside a constructed value.
    func children() throws(DERError) -> ASN1NodeCollection.Iterator {
        guard case .constructed(let nodes) = content else { throw .unexpected }
        return nodes.makeIterator()
    }

    /// What is inside a SEQUENCE.
    func sequence() throws(DERError) -> ASN1NodeCollection.Iterator {
        guard identifier == .sequence else { throw .unexpected }
        return try children()
    }

    /// The bytes of a primitive value.
    func bytes() throws(DERError) -> ArraySlice<UInt8> {
        guard case .primitive(let bytes) = content else { throw .unexpected }
        return bytes
    }

    /// Whether it bears this context-specific tag.
    func hasTag(_ number: UInt) -> Bool {
        identifier == ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }

    /// What stands inside an explicit tag.
    func explicit() throws(DERError) -> ASN1Node {
        var inside = try children()
        guard let node = inside.next(), inside.next() == nil else { throw .unexpected }
        return node
    }

    func objectIdentifier() throws(DERError) -> ASN1ObjectIdentifier {
        guard let identifier = try? ASN1ObjectIdentifier(derEncoded: self) else { throw .unexpected }
        return identifier
    }

    /// A BIT STRING of whole bytes.
    func wholeBytes() throws(DERError) -> [UInt8] {
        guard let bits = try? ASN1BitString(derEncoded: self), bits.paddingBits == 0 else { throw .unexpected }
        return [UInt8](bits.bytes)
    }
}

extension ASN1NodeCollection.Iterator {
    /// The next value, which has to be there.
    mutating func required() throws(DERError) -> ASN1Node {
        guard let node = next() else { throw .unexpected }
        return node
    }

    /// Every value that is left.
    mutating func rest() -> [ASN1Node] {
        var nodes: [ASN1Node] = []
        while let node = next() { nodes.append(node) }
        return nodes
    }
}
