import EnrolmentCore
import Testing

@testable import OfflineCache

/// Compares a store that was opened after a crash with what it had acknowledged before; counts as
/// Jepsen's set test does.
struct Inquest {
    var lost: [String] = []
    var doubled: [String] = []
    var halfVisible: [String] = []

    init(_ store: Store, acknowledged: [String]) async throws {
        let packets = try await store.packets.packets()
        for name in Day.cases + [Day.discardedCase] {
            let lines = acknowledged.map { $0.split(separator: " ").map(String.init) }.filter { $0[1] == name }
            let held = packets.filter { $0.caseID == CaseID(name) }
            let draft = try await store.drafts.draft(of: CaseID(name))
            try examine(name, lines, held, draft)
        }
        let sequences = packets.map(\.sequence).sorted()
        if sequences != Array(1..<(packets.count + 1)) { doubled.append("sequences \(sequences)") }
        if try await store.drafts.cases().count + packets.count > Day.cases.count + 1 { doubled.append("cases") }
    }

    var isClean: Bool { lost.isEmpty && doubled.isEmpty && halfVisible.isEmpty }

    private mutating func examine(
        _ name: String, _ lines: [[String]], _ held: [QueuedPacket], _ draft: Draft?
    ) throws {
        if held.count > 1 || (draft != nil && !held.isEmpty) { doubled.append(name) }
        if let draft, draft.content != Day.content(name, revision: draft.revision) {
            halfVisible.append("draft \(name)")
        }
        let steps = Set(lines.map { $0[0] })
        if let saved = lines.last(where: { $0[0] == "draft" }).flatMap({ Int($0[2]) }), held.isEmpty,
            name != Day.discardedCase, (draft?.revision ?? 0) < saved
        {
            lost.append("draft \(name) \(saved)")
        }
        if steps.contains("packet"), held.isEmpty { lost.append("packet \(name)") }
        if steps.contains("receipt"), held.first?.receipt == nil { lost.append("receipt \(name)") }
        if steps.contains("purged"), held.first?.state != .purged { lost.append("purge \(name)") }
        if steps.contains("discarded"), draft != nil { lost.append("discard \(name)") }
        if held.contains(where: { $0.problem != nil }) { halfVisible.append("packet \(name)") }
    }
}
