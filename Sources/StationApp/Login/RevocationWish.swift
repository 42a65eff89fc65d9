import CardProof
import Foundation
import OfflineCache

/// A question as the store keeps it. Leads to a person.
package struct RevocationWish: Hashable, Sendable, CustomStringConvertible {
    let content: [UInt8]
    let listedName: [UInt8]

    init?(_ subject: RevocationSubject) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let content = try? encoder.encode(subject) else { return nil }
        self.content = [UInt8](content)
        listedName = subject.listedName
    }

    static func subject(_ content: [UInt8]) -> RevocationSubject? {
        try? JSONDecoder().decode(RevocationSubject.self, from: Data(content))
    }

    package var description: String { "RevocationWish(\(content.count) bytes)" }
}

extension RevocationEvidence {
    init(_ stored: StoredEvidence) { self.init(stored.kind == .ocsp ? .ocsp : .crl, stored.content) }
}
