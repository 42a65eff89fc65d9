/// A name that stands for one thing, kept apart by type so that a kit is never taken for a visit.
///
/// Names carry no personal datum: they may appear in logs, file names and arguments.
package protocol WrappedName: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    var text: String { get }
    init(_ text: String)
}

extension WrappedName {
    package var description: String { text }

    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}

/// One visit: an address on a day.
package struct VisitID: WrappedName {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// One person's business within a visit.
package struct CaseID: WrappedName {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// One laptop with its devices.
package struct KitID: WrappedName {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// One municipal officer, by a staff number and never by a name.
package struct OfficerID: WrappedName {
    package let text: String
    package init(_ text: String) { self.text = text }
}
