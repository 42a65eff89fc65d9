import SwiftASN1

/// A file of the card that begins with a DER value and may be filled up with zero bytes.
enum DERFile {
    /// The value without what fills the file.
    ///
    /// - Returns: nil when there is no SEQUENCE, when it is longer than the file, or when other bytes than
    ///   zero follow it.
    static func cut(_ file: [UInt8]) -> [UInt8]? {
        guard file.count >= 2, file[0] == 0x30 else { return nil }
        var length = Int(file[1])
        var start = 2
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...3).contains(count), file.count >= 2 + count else { return nil }
            length = file[2..<2 + count].reduce(0) { $0 << 8 | Int($1) }
            start += count
        }
        guard length <= file.count - start, file[(start + length)...].allSatisfy({ $0 == 0 }) else { return nil }
        return [UInt8](file[..<(start + length)])
    }
}

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

/// What was read is not built as its standard says.
enum DERError: Error, Hashable, Sendable {
    case unexpected
}
