import EnrolmentFlow
import Foundation

/// What a saved draft is the beginning of. Drafts of before there were deliveries bear no mark: they are
/// enrolments.
package enum DraftKind: String, CaseIterable, Sendable {
    case enrolment, delivery

    /// Nil for what this program cannot have written.
    init?(of content: [UInt8]) {
        struct Marked: Decodable { let kind: String? }
        guard let marked = try? JSONDecoder().decode(Marked.self, from: Data(content)) else { return nil }
        guard let mark = marked.kind else {
            self = .enrolment
            return
        }
        guard mark == DeliveryDraft.kindMark else { return nil }
        self = .delivery
    }
}
