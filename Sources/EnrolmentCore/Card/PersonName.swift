/// How names are compared.
package enum PersonName {
    /// Whether two spellings are the same name: canonically equivalent, é in one scalar or in two, spaces
    /// at the ends aside. Case, hyphens and accents tell names apart.
    ///
    /// Nothing is normalised by it: what a card says stays as it is, scalar for scalar.
    package static func areSame(_ left: String, _ right: String) -> Bool {
        // Strings are equal by canonical equivalence.
        trimmed(left) == trimmed(right)
    }

    private static func trimmed(_ name: String) -> Substring {
        let start = name.drop { $0 == " " }
        let end = start.lastIndex { $0 != " " }.map { start.index(after: $0) }
        return start[..<(end ?? start.startIndex)]
    }
}
