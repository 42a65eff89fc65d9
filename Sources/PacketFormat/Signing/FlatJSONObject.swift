/// A JSON object whose members are all plain strings: all that a protected header of ours may be.
///
/// A general decoder keeps one of two members of the same name without a word, so that two readers
/// of one header could see different keys; RFC 7515 4 wants such a header refused.
enum FlatJSONObject {
    /// Nil for anything else: nesting, escapes, characters outside printable ASCII, a name twice.
    static func parse(_ text: [UInt8]) -> [String: String]? {
        var rest = text[...]
        var members: [String: String] = [:]
        guard take("{", from: &rest) else { return nil }
        repeat {
            guard let name = string(&rest), take(":", from: &rest), let value = string(&rest),
                members.updateValue(value, forKey: name) == nil
            else { return nil }
        } while take(",", from: &rest)
        guard take("}", from: &rest) else { return nil }
        skipSpace(&rest)
        return rest.isEmpty ? members : nil
    }

    private static func string(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard take("\"", from: &rest), let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        let characters = rest[..<end]
        guard characters.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\\") }) else { return nil }
        rest = rest[(end + 1)...]
        return String(decoding: characters, as: UTF8.self)
    }

    private static func take(_ character: Unicode.Scalar, from rest: inout ArraySlice<UInt8>) -> Bool {
        skipSpace(&rest)
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    private static func skipSpace(_ rest: inout ArraySlice<UInt8>) {
        rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    }
}
