/// A distinguished name as text for people, RFC 4514: the last part first, and what could be mistaken
/// for its punctuation behind a backslash.
struct DistinguishedNameText: Hashable, Sendable {
    let text: String

    /// - Parameter name: a DER Name.
    /// - Returns: nil when it is none.
    init?(_ name: DERReader.Value) {
        guard name.tag == DERReader.sequence else { return nil }
        var sets = DERReader(name.content)
        var parts: [String] = []
        while let set = sets.next() {
            var pairs = DERReader(set.content)
            var values: [String] = []
            while let pair = pairs.next() {
                guard let value = Self.attribute(pair) else { return nil }
                values.append(value)
            }
            guard pairs.isAtEnd else { return nil }
            parts.append(values.joined(separator: "+"))
        }
        guard sets.isAtEnd else { return nil }
        text = parts.reversed().joined(separator: ",")
    }

    private static func attribute(_ pair: DERReader.Value) -> String? {
        var fields = DERReader(pair.content)
        guard let type = fields.next(DERReader.objectIdentifier), let value = fields.next() else { return nil }
        let identifier = type.dottedIdentifier
        return (names[identifier] ?? identifier) + "=" + escaped(string(value))
    }

    /// By RFC 4519.
    private static let names = [
        "2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L",
        "2.5.4.8": "ST", "2.5.4.9": "street", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.12": "title",
        "2.5.4.42": "givenName", "0.9.2342.19200300.100.1.25": "DC",
    ]

    private static func string(_ value: DERReader.Value) -> String {
        switch value.tag {
        // UTF8String, PrintableString, IA5String.
        case 0x0C, 0x13, 0x16: String(decoding: value.content, as: UTF8.self)
        // T61String, which everybody fills with Latin-1.
        case 0x14: String(String.UnicodeScalarView(value.content.map { Unicode.Scalar($0) }))
        case 0x1E: String(decoding: sixteenBits(value.content), as: UTF16.self)
        default: "#" + DERReader.hexadecimal(value.whole)
        }
    }

    private static func sixteenBits(_ bytes: ArraySlice<UInt8>) -> [UInt16] {
        let bytes = Array(bytes)
        return stride(from: 0, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }

    private static func escaped(_ value: String) -> String {
        let scalars = Array(value.unicodeScalars)
        var text = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let isEdge = scalar == " " && (index == 0 || index == scalars.count - 1)
            if isEdge || ",+\"\\<>;".unicodeScalars.contains(scalar) { text.append("\\") }
            text.append(scalar.isObeyedByTerminals ? "\u{FFFD}" : scalar)
        }
        return String(text)
    }
}
