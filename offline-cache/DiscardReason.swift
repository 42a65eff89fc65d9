/// Why an officer throws a draft away, from a list so that the journal holds no free text and with
/// it no name.
package struct DiscardReason: Hashable, Sendable {
    /// Stable; what the journal keeps.
    package let code: String
    /// What the screen shows, by language code: `nl`, `fr`, `de`, `en`.
    package let words: [String: String]

    /// The list of `reference/discard-reasons.csv`, in the order in which it is shown.
    package static let all: [DiscardReason] = rows(of: text(PackageResources.discard_reasons_csv))

    /// Nil for a code that is not on the list.
    package init?(code: String) {
        guard let reason = Self.all.first(where: { $0.code == code }) else { return nil }
        self = reason
    }

    private init(code: String, words: [String: String]) {
        self.code = code
        self.words = words
    }

    /// The table has a first line of column names and neither quotes nor commas in its fields.
    private static func rows(of table: String) -> [DiscardReason] {
        let lines = table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
        guard let columns = lines.first else { return [] }
        return lines.dropFirst().compactMap { fields in
            guard let code = fields.first, fields.count == columns.count else { return nil }
            let words = zip(columns, fields).dropFirst().map { ($0, $1) }
            return DiscardReason(code: code, words: Dictionary(words, uniquingKeysWith: { first, _ in first }))
        }
    }
}
